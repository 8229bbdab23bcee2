package io.jenkins.plugins.metakraftwerk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.docs.Markdown.Link;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinksTest {

    private static final List<Markdown> PAGES = Markdown.all();

    /** In a comment, a message, a help file, the address of a link. */
    private static final Pattern NAMED_PAGE = Pattern.compile("\\bdocs/[\\w-]+\\.md(?:#[\\w-]+)?");

    private static final int LINES_OF_A_SCREEN = 60;

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        Stream<Markdown> beside = filesOf("CONTRIBUTING.md", "src").stream()
                .filter(file -> file.toString().endsWith(".md"))
                .map(Markdown::new);
        assertThat(Stream.concat(PAGES.stream(), beside)
                        .flatMap(page -> page.links().stream())
                        .filter(Link::isLocal))
                .isNotEmpty()
                .filteredOn(link -> !leadsSomewhere(link))
                .isEmpty();
    }

    @Test
    void everyPageThatAFileNamesIsThere() throws IOException {
        List<Link> named = new ArrayList<>();
        for (Path file : filesOf("src", "bin", ".ci", ".github", "pom.xml", "Jenkinsfile")) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            NAMED_PAGE.matcher(text).results().forEach(page -> named.add(new Link(file, 0, page.group())));
        }
        assertThat(named)
                .isNotEmpty()
                .filteredOn(link -> !leadsSomewhere(link.target(), Path.of("")))
                .isEmpty();
    }

    @Test
    void everyLongPageListsItsChapters() {
        assertThat(PAGES.subList(1, PAGES.size()))
                .filteredOn(page -> page.text().lines().count() > LINES_OF_A_SCREEN)
                .isNotEmpty()
                .allSatisfy(page -> assertThat(page.links())
                        .as(page.file().toString())
                        .extracting(Link::target)
                        .containsAll(page.chapters().stream()
                                .map(chapter -> "#" + chapter)
                                .toList()));
    }

    @Test
    void everyPageCanBeReachedFromTheReadme() {
        List<Path> linked = PAGES.get(0).links().stream()
                .filter(Link::isLocal)
                .map(link -> Path.of(link.target().replaceAll("#.*", "")))
                .toList();
        assertThat(PAGES.subList(1, PAGES.size()))
                .isNotEmpty()
                .extracting(Markdown::file)
                .allMatch(linked::contains);
    }

    @Test
    void everyPictureIsShown() throws IOException {
        List<String> shown = PAGES.stream().map(Markdown::text).toList();
        try (Stream<Path> pictures = Files.list(Path.of("docs/images"))) {
            assertThat(pictures)
                    .isNotEmpty()
                    .allSatisfy(picture ->
                            assertThat(shown).anyMatch(page -> page.contains("images/" + picture.getFileName())));
        }
    }

    private static List<Path> filesOf(String... places) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String place : places) {
            try (Stream<Path> found = Files.walk(Path.of(place))) {
                files.addAll(found.filter(Files::isRegularFile).toList());
            }
        }
        return files;
    }

    private static boolean leadsSomewhere(Link link) {
        return link.target().startsWith("#")
                ? new Markdown(link.file()).anchors().contains(link.target().substring(1))
                : leadsSomewhere(link.target(), folder(link.file()));
    }

    private static boolean leadsSomewhere(String target, Path folder) {
        String[] parts = target.split("#", 2);
        Path file = folder.resolve(parts[0]);
        return Files.exists(file)
                && (parts.length == 1 || new Markdown(file).anchors().contains(parts[1]));
    }

    private static Path folder(Path file) {
        return file.getParent() == null ? Path.of("") : file.getParent();
    }
}
