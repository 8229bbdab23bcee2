package io.jenkins.plugins.metakraftwerk.texts;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that hold what people read, as they lie in the source tree. */
final class TextFiles {

    static final Path RESOURCES = Path.of("src/main/resources");

    private static final Pattern TRANSLATION = Pattern.compile(".*_[a-z]{2}\\.(properties|html)");

    private TextFiles() {}

    /** Files of a kind, without their translations. */
    static List<Path> originals(String extension) {
        return files(RESOURCES, extension)
                .filter(file -> !TRANSLATION.matcher(file.toString()).matches())
                .toList();
    }

    /** The files whose paths, written with '/', end like this. */
    static Stream<Path> files(Path root, String end) {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(file -> slashed(file).endsWith(end)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A path as it is written everywhere but on Windows. */
    static String slashed(Path path) {
        return path.toString().replace(File.separatorChar, '/');
    }

    static Path german(Path original) {
        return Path.of(original.toString().replaceFirst("\\.([a-z]+)$", "_de.$1"));
    }

    /** The file beside another with the same name and another extension. */
    static Path sibling(Path file, String extension) {
        return Path.of(file.toString().replaceFirst("\\.[a-z]+$", extension));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The entries of a property file, which must be UTF-8; none where there is no file. */
    static Map<String, String> entries(Path file) {
        Map<String, String> entries = new TreeMap<>();
        if (Files.exists(file)) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            properties.stringPropertyNames().forEach(key -> entries.put(key, properties.getProperty(key)));
        }
        return entries;
    }

    /** What a view asks for with <code>${%key}</code> or <code>${%key(argument)}</code>. */
    static TreeSet<String> keysOfView(Path jelly) {
        return matches("\\$\\{%([^(}]+)", text(jelly));
    }

    /** The first group of every match. */
    static TreeSet<String> matches(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The class whose view or help a file is. */
    static Class<?> owner(Path file) {
        String name = slashed(RESOURCES.relativize(file.getParent())).replace('/', '.');
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}
