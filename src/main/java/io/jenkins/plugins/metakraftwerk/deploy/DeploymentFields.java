package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * What a step or builder was given, as far as it decides what a run does. A plain class, since Pipeline serialises it
 * with a library of its own.
 */
public final class DeploymentFields implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How long a wait lasts where nothing else is said, in minutes. */
    public static final int DEFAULT_WAIT_MINUTES = 60;

    /** A week: longer than any build takes. */
    public static final int MOST_WAIT_MINUTES = 10_080;

    private final DeploymentRequest.Builder request;
    private final Boolean skipIfDeployed;
    private final boolean waitForBuild;
    private final Integer waitMinutes;
    private final boolean sendAfterUnknown;

    /**
     * @param skipIfDeployed null where it was not given, which means something else than false
     * @param waitMinutes null where it was not given
     */
    public DeploymentFields(
            DeploymentRequest.Builder request,
            Boolean skipIfDeployed,
            boolean waitForBuild,
            Integer waitMinutes,
            boolean sendAfterUnknown) {
        this.request = request;
        this.skipIfDeployed = skipIfDeployed;
        this.waitForBuild = waitForBuild;
        this.waitMinutes = waitMinutes;
        this.sendAfterUnknown = sendAfterUnknown;
    }

    /** The minutes that a text gives; empty where it gives no whole number from 1 to {@value #MOST_WAIT_MINUTES}. */
    public static OptionalInt minutes(String text) {
        String digits = text.strip();
        return digits.matches("[0-9]{1,9}") && isInRange(Integer.parseInt(digits))
                ? OptionalInt.of(Integer.parseInt(digits))
                : OptionalInt.empty();
    }

    /** Says that something cannot be {@code waitMinutes}. */
    public static Text noMinutes(String given) {
        return Text.of(
                "field.noMinutes", Text.of(Text.FIELD, "waitMinutes"), MOST_WAIT_MINUTES, RemoteText.name(given));
    }

    /** @throws MetaKraftwerkException not sent, naming every field that breaks a rule */
    public void check() throws MetaKraftwerkException {
        checked();
    }

    /** @throws MetaKraftwerkException as {@link #check} */
    public DeploymentPlan plan(String serverLabel, Duration retryLimit) throws MetaKraftwerkException {
        return new DeploymentPlan(
                checked(), serverLabel, skipIfDeployed, waitForBuild, sendAfterUnknown, waitLimit(), retryLimit);
    }

    /** Where a run of these fields begins. */
    public DeploymentState initialState(Instant now) {
        return DeploymentState.initial(waitForBuild, waitLimit(), now);
    }

    private Duration waitLimit() {
        return Duration.ofMinutes(waitMinutes == null ? DEFAULT_WAIT_MINUTES : waitMinutes);
    }

    private DeploymentRequest checked() throws MetaKraftwerkException {
        Text wrongWait = wrongWait();
        DeploymentRequest built;
        try {
            built = request.build();
        } catch (MetaKraftwerkException e) {
            throw wrongWait == null ? e : e.with(Text.of("fields.several", wrongWait, e.text()));
        }
        if (wrongWait != null) {
            throw MetaKraftwerkException.refusedLocally(Text.of("fields", wrongWait));
        }
        return built;
    }

    private Text wrongWait() {
        if (waitMinutes == null) {
            return null;
        }
        if (!isInRange(waitMinutes)) {
            return noMinutes(waitMinutes.toString());
        }
        return waitForBuild || Boolean.TRUE.equals(skipIfDeployed) ? null : Text.of("field.waitsForNothing");
    }

    private static boolean isInRange(int minutes) {
        return minutes >= 1 && minutes <= MOST_WAIT_MINUTES;
    }
}
