package io.jenkins.plugins.metakraftwerk.build;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.XmlFile;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.config.Surroundings;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The section 'MetaKraftwerk deployments' of a build, its page, and its part of the remote API. */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class BuildDeploymentsAction implements RunAction2 {

    private static final Logger LOGGER = Logger.getLogger(BuildDeploymentsAction.class.getName());

    /** As many as the summary shows before it points to the page. */
    private static final int SHOWN = 5;

    /** Of the time, to save may take this part at most. */
    private static final int SAVING_PART = 10;

    private transient List<RecordedDeployment> deployments = new CopyOnWriteArrayList<>();
    private transient Run<?, ?> run;
    private transient boolean saving;
    private transient boolean saveAgain;

    private BuildDeploymentsAction() {}

    /** Adds a deployment to what a build remembers; one that is there already, as after a restart, only once. */
    public static void record(Run<?, ?> run, RecordedDeployment deployment) {
        BuildDeploymentsAction action = run.getAction(BuildDeploymentsAction.class);
        // Without the lock where that will do, since Jenkins holds it while it saves the build.
        if (action == null) {
            action = attach(run);
        }
        action.add(deployment);
    }

    private static BuildDeploymentsAction attach(Run<?, ?> run) {
        synchronized (run) {
            BuildDeploymentsAction action = run.getAction(BuildDeploymentsAction.class);
            if (action == null) {
                action = new BuildDeploymentsAction();
                run.addAction(action);
                Surroundings.workers().execute(() -> save(run));
            }
            return action;
        }
    }

    private static void save(Run<?, ?> run) {
        try {
            run.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not save " + run);
        }
    }

    private synchronized void add(RecordedDeployment deployment) {
        boolean known = deployments.stream()
                .anyMatch(other -> other.getId() == deployment.getId()
                        && other.getServerUrl().equals(deployment.getServerUrl())
                        && other.getOrigin().equals(deployment.getOrigin()));
        if (!known || "SKIPPED".equals(deployment.getOrigin())) {
            deployments.add(deployment);
            saveSoon();
        }
    }

    /** Off this thread, and one save for all that come while another is under way. */
    private void saveSoon() {
        saveAgain = saving;
        if (!saving) {
            saving = true;
            Surroundings.workers().execute(this::save);
        }
    }

    private void save() {
        long began = System.nanoTime();
        try {
            file().write(new ArrayList<>(deployments));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not save the deployments of " + run);
        }
        long pause = (SAVING_PART - 1) * (System.nanoTime() - began);
        Timer.get().schedule(this::saved, pause, TimeUnit.NANOSECONDS);
    }

    private synchronized void saved() {
        saving = false;
        if (saveAgain) {
            saveSoon();
        }
    }

    /** Not the build's own, which Jenkins writes anew each time that a branch of a Pipeline ends. */
    private XmlFile file() {
        return new XmlFile(Run.XSTREAM2, new File(run.getRootDir(), "metakraftwerk-deployments.xml"));
    }

    @Exported(visibility = 2)
    @NonNull
    public List<RecordedDeployment> getDeployments() {
        return List.copyOf(deployments);
    }

    /** The last few, in their order. */
    public List<RecordedDeployment> getLatest() {
        List<RecordedDeployment> all = getDeployments();
        return all.subList(Math.max(0, all.size() - SHOWN), all.size());
    }

    public boolean isMore() {
        return deployments.size() > SHOWN;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        run = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
        deployments = new CopyOnWriteArrayList<>(load());
    }

    @SuppressWarnings("unchecked")
    private List<RecordedDeployment> load() {
        try {
            return file().exists() ? (List<RecordedDeployment>) file().read() : List.of();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the deployments of " + run);
            return List.of();
        }
    }

    @Override
    public String getIconFileName() {
        return "symbol-paper-plane-outline";
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    @Override
    public String getUrlName() {
        return "metakraftwerk";
    }
}
