package io.jenkins.plugins.metakraftwerk.docs;

import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.docs.Markdown.Block;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.libs.GlobalUntrustedLibraries;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.LibraryRetriever;

/** The shared library 'deployments', made of the blocks whose note names their file in it. */
final class DocsLibrary extends LibraryRetriever {

    private final TreeMap<String, String> files = new TreeMap<>();

    private DocsLibrary(List<Block> blocks) {
        for (Block block : blocks) {
            block.notes("library").forEach(file -> files.put(file, block.text()));
        }
    }

    /** Untrusted, so that it is sandboxed as the Pipelines are. */
    static void install(List<Block> blocks) {
        LibraryConfiguration library = new LibraryConfiguration("deployments", new DocsLibrary(blocks));
        library.setDefaultVersion("main");
        GlobalUntrustedLibraries.get().setLibraries(List.of(library));
    }

    @Override
    public void retrieve(
            String name, String version, boolean changelog, FilePath target, Run<?, ?> run, TaskListener listener)
            throws IOException, InterruptedException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            target.child(file.getKey()).write(file.getValue(), "UTF-8");
        }
    }

    @Override
    public void retrieve(String name, String version, FilePath target, Run<?, ?> run, TaskListener listener)
            throws IOException, InterruptedException {
        retrieve(name, version, false, target, run, listener);
    }
}
