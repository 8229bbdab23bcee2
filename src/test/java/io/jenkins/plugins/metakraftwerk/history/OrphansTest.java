package io.jenkins.plugins.metakraftwerk.history;

import static io.jenkins.plugins.metakraftwerk.history.Entries.landed;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.AbstractFolderDescriptor;
import com.cloudbees.hudson.plugins.folder.computed.ChildObserver;
import com.cloudbees.hudson.plugins.folder.computed.ComputedFolder;
import hudson.model.FreeStyleProject;
import hudson.model.ItemGroup;
import hudson.model.TaskListener;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.TestExtension;

/** A branch that is gone is deleted by its project; what it brought is still there. */
class OrphansTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    /** Has a job for each branch. */
    public static class Branches extends ComputedFolder<FreeStyleProject> {

        private transient List<String> names = List.of();

        private Branches(ItemGroup<?> parent, String name) {
            super(parent, name);
        }

        @Override
        protected void computeChildren(ChildObserver<FreeStyleProject> observer, TaskListener listener)
                throws IOException, InterruptedException {
            for (String name : names) {
                if (observer.shouldUpdate(name) == null && observer.mayCreate(name)) {
                    observer.created(new FreeStyleProject(this, name));
                }
                observer.completed(name);
            }
        }

        private void compute(String... branches) throws Exception {
            names = List.of(branches);
            scheduleBuild2(0).getFuture().get();
        }

        /** Makes the kind known. */
        @TestExtension
        public static class DescriptorImpl extends AbstractFolderDescriptor {

            @Override
            @SuppressWarnings("rawtypes")
            public TopLevelItem newInstance(ItemGroup parent, String name) {
                return new Branches(parent, name);
            }
        }
    }

    @Test
    void whatAnOrphanBroughtIsKeptByItsProject() throws Exception {
        Branches app = SHARED.jenkins().createProject(Branches.class, "app");
        app.compute("main", "release-7");
        note(app, "main", landed("old", 9, 6, 1));
        note(app, "release-7", landed("new", 9, 7, 2));

        app.compute("main");

        assertThat(app.getItem("release-7")).isNull();
        AttemptRecord now = DeploymentHistory.targets(app).get(0).now();
        assertThat(now.owner()).as("not what main deployed before").isEqualTo("new");
        assertThat(now.deleted()).isTrue();
        assertThat(now.job()).isEqualTo("app/release-7");
        assertThat(new DeletedJobs().lines(app)).as("in the file, too").hasSize(1);
    }

    private static void note(Branches app, String branch, AttemptRecord entry) {
        FreeStyleProject job = app.getItem(branch);
        JobHistories.get().forJob(job).add(job, entry, false);
    }
}
