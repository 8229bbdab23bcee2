package io.jenkins.plugins.metakraftwerk.server;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Warns of an option of Java that would have a deployment done twice: below this plugin, where nothing can prevent it. */
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
        // As Java itself reads it.
        if (value != null && (value.isEmpty() || Boolean.parseBoolean(value))) {
            LOGGER.warning(Messages.java_repeats(REPEATS));
        }
    }
}
