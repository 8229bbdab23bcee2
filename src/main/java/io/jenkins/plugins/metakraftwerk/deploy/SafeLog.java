package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Log whose errors do not end the run: a log that cannot be written must not make it lose a deployment. */
final class SafeLog implements Consumer<Text> {

    private static final Logger LOGGER = Logger.getLogger(SafeLog.class.getName());

    private final Consumer<Text> log;

    SafeLog(Consumer<Text> log) {
        this.log = log;
    }

    @Override
    public void accept(Text text) {
        try {
            log.accept(text);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not log: " + text);
        }
    }
}
