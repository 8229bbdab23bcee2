package io.jenkins.plugins.metakraftwerk.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@link Strace} has seen of the files in one folder, by the kind of file. */
final class DiskCalls {

    /** What is asked of a file. */
    enum Call {
        FORCE("fsync|fdatasync"),
        WRITE("write|pwrite64|writev"),
        /** To write. */
        OPEN("openat"),
        RENAME("rename|renameat|renameat2");

        private final String names;

        Call(String names) {
            this.names = names;
        }

        private static Call parse(String name) {
            for (Call call : values()) {
                if (name.matches(call.names)) {
                    return call;
                }
            }
            throw new IllegalArgumentException(name);
        }
    }

    /** The thread, the call, and all that it is given. Where it is resumed, it has been seen. */
    private static final Pattern LINE = Pattern.compile("\\d+ +(\\w+)\\((.*)");

    private static final Pattern OF_OPEN_FILE = Pattern.compile("\\d+<([^>]*)>.*");
    private static final Pattern BY_NAME = Pattern.compile("[^\"]*\"([^\"]*)\"(?:[^\"]*\"([^\"]*)\")?.*");

    private static final String FOLDERS = "folders";

    /** By what a path looks like. The first that fits counts; any other file is called by its name. */
    private static final Map<String, String> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(".*/program\\.dat", "program.dat");
        KINDS.put(".*/workflow(-completed)?/.*", "flow nodes");
        // Renamed when the build is over.
        KINDS.put(".*/workflow", FOLDERS);
        KINDS.put(".*/builds/\\d+/log(-index)?", "log");
        KINDS.put("fingerprints/.*", "fingerprints");
    }

    private final String folder;

    /** By the name of a file that was written beside another, the one whose place it has taken. */
    private final Map<String, String> renamed = new HashMap<>();

    private final Map<String, Map<Call, Integer>> counts = new HashMap<>();

    DiskCalls(Path folder, List<String> lines) {
        this.folder = folder.toAbsolutePath() + "/";
        lines.forEach(line -> each(line, this::follow));
        lines.forEach(line -> each(line, this::count));
    }

    private static void each(String line, BiConsumer<Call, String> what) {
        Matcher parts = LINE.matcher(line);
        if (parts.matches() && !line.contains(" = -1 ")) {
            what.accept(Call.parse(parts.group(1)), parts.group(2));
        }
    }

    private void follow(Call call, String given) {
        Matcher names = BY_NAME.matcher(given);
        if (call == Call.RENAME && names.matches()) {
            renamed.put(names.group(1), names.group(2));
        }
    }

    private void count(Call call, String given) {
        boolean isToRead = call == Call.OPEN && !given.contains("O_WRONLY") && !given.contains("O_RDWR");
        boolean isByName = call == Call.OPEN || call == Call.RENAME;
        Matcher path = (isByName ? BY_NAME : OF_OPEN_FILE).matcher(given);
        if (!isToRead && path.matches() && path.group(1).startsWith(folder)) {
            counts.computeIfAbsent(kind(path.group(1)), kind -> new HashMap<>()).merge(call, 1, Integer::sum);
        }
    }

    private String kind(String path) {
        if (Files.isDirectory(Path.of(path))) {
            return FOLDERS;
        }
        String name = renamed.getOrDefault(path, path).substring(folder.length());
        return KINDS.entrySet().stream()
                .filter(each -> name.matches(each.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(name.substring(name.lastIndexOf('/') + 1));
    }

    Set<String> kinds() {
        return counts.keySet();
    }

    int count(String kind, Call call) {
        return counts.getOrDefault(kind, Map.of()).getOrDefault(call, 0);
    }

    int all(Call call) {
        return kinds().stream().mapToInt(kind -> count(kind, call)).sum();
    }
}
