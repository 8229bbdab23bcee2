package io.jenkins.plugins.metakraftwerk.server;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Warns of an option of Java that would send a deployment twice. It acts inside the HTTP client of Java, where this
 * plugin cannot prevent it.
 */
@Restricted(NoExternalUse.class)
public final class JavaOptions {

    static final String REPEATS = "jdk.httpclient.enableAllMethodRetry";

    private static final Logger LOGGER = Logger.getLogger(JavaOptions.class.getName());

    private JavaOptions() {}

    @Initializer(after = InitMilestone.PLUGINS_STARTED)
    public static void check() {
        StartupTask.alone("No option of Java is checked", JavaOptions::warn);
    }

    private static void warn() {
        String value = System.getProperty(REPEATS);
        // Same rule as in the HTTP client of Java.
        if (value != null && (value.isEmpty() || Boolean.parseBoolean(value))) {
            LOGGER.warning(Messages.java_repeats(REPEATS));
        }
    }
}
