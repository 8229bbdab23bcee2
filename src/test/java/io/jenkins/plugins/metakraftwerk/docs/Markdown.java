package io.jenkins.plugins.metakraftwerk.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The README and the pages of {@code docs}, as far as tests look into them: code blocks, links, headings, quotes. */
final class Markdown {

    private static final Pattern NOTE = Pattern.compile("<!-- (.*) -->");
    private static final Pattern FENCE = Pattern.compile("```(\\w*)");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)|(?:src|srcset|href)=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");

    /**
     * A fenced code block.
     *
     * @param notes what the HTML comments directly before the block say
     */
    record Block(Path file, int line, String language, String text, List<String> notes) {

        /** The rest of each note that begins with a word and a colon. */
        List<String> notes(String word) {
            return notes.stream()
                    .filter(note -> note.startsWith(word + ": "))
                    .map(note -> note.substring(word.length() + 2))
                    .toList();
        }

        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    /** A link or an image. */
    record Link(Path file, int line, String target) {

        boolean isLocal() {
            return !target.matches("\\w+:.*");
        }

        @Override
        public String toString() {
            return file + ":" + line + " → " + target;
        }
    }

    private final Path file;
    private final List<String> lines;
    private final List<Block> blocks = new ArrayList<>();

    /** The lines outside of code blocks, at their places; those inside are empty. */
    private final List<String> prose = new ArrayList<>();

    Markdown(Path file) {
        this.file = file;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        read();
    }

    static List<Markdown> all() {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), docs.sorted())
                    .filter(path -> path.toString().endsWith(".md"))
                    .map(Markdown::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Block> blocks(String language) {
        return all().stream()
                .flatMap(page -> page.blocks.stream())
                .filter(block -> block.language().equals(language))
                .toList();
    }

    private void read() {
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher note = NOTE.matcher(lines.get(i).strip());
            Matcher fence = FENCE.matcher(lines.get(i));
            prose.add(fence.matches() ? "" : lines.get(i));
            if (note.matches()) {
                notes.add(note.group(1));
                continue;
            }
            if (fence.matches()) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
                String text = String.join("\n", lines.subList(i + 1, end)) + "\n";
                blocks.add(new Block(file, i + 1, fence.group(1), text, List.copyOf(notes)));
                while (i < end) {
                    prose.add("");
                    i++;
                }
            }
            notes.clear();
        }
    }

    Path file() {
        return file;
    }

    List<Link> links() {
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < prose.size(); i++) {
            Matcher link = LINK.matcher(CODE.matcher(prose.get(i)).replaceAll(""));
            while (link.find()) {
                links.add(new Link(file, i + 1, link.group(1) == null ? link.group(2) : link.group(1)));
            }
        }
        return links;
    }

    /** The headings as GitHub makes anchors of them. */
    List<String> anchors() {
        return anchors("#+");
    }

    /** The headings directly below the title. */
    List<String> chapters() {
        return anchors("##");
    }

    private List<String> anchors(String level) {
        return prose.stream()
                .filter(line -> line.matches(level + " .*"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase()
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** What stands in block quotes, a line each. */
    List<String> quotes() {
        return prose.stream()
                .filter(line -> line.startsWith("> "))
                .map(line -> line.substring(2).strip())
                .toList();
    }

    String text() {
        return String.join("\n", lines);
    }
}
