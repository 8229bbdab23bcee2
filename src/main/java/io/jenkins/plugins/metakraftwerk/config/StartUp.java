package io.jenkins.plugins.metakraftwerk.config;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.metakraftwerk.client.Transport;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Looks, once Jenkins has its plugins, whether the Java that it runs on undermines what the plugin promises. */
@Restricted(NoExternalUse.class)
public final class StartUp {

    private static final Logger LOGGER = Logger.getLogger(StartUp.class.getName());

    private StartUp() {}

    @Initializer(after = InitMilestone.PLUGINS_STARTED)
    public static void warnOfRepeatedPosts() {
        if (Transport.mayRepeatPosts()) {
            LOGGER.warning(Messages.java_repeatsPosts(Transport.REPEATS_POSTS));
        }
    }
}
