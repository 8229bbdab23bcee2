package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.console.ConsoleLogFilter;
import hudson.console.LineTransformationOutputStream;
import hudson.model.AbstractBuild;
import hudson.model.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jvnet.hudson.test.TestExtension;

/** Notes on which threads the lines of the plugin are written. */
@TestExtension
public final class WritingThreads extends ConsoleLogFilter implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final List<String> NAMES = new CopyOnWriteArrayList<>();

    static void clear() {
        NAMES.clear();
    }

    static List<String> seen() {
        return List.copyOf(NAMES);
    }

    @Override
    public OutputStream decorateLogger(Run build, OutputStream logger) {
        return noting(logger);
    }

    @Override
    public OutputStream decorateLogger(AbstractBuild build, OutputStream logger) {
        return noting(logger);
    }

    private static OutputStream noting(OutputStream logger) {
        return new LineTransformationOutputStream.Delegating(logger) {
            @Override
            protected void eol(byte[] line, int length) throws IOException {
                if (new String(line, 0, length, StandardCharsets.UTF_8).startsWith("[MetaKraftwerk] ")) {
                    NAMES.add(Thread.currentThread().getName());
                }
                out.write(line, 0, length);
            }
        };
    }
}
