package io.jenkins.plugins.metakraftwerk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.docs.Markdown.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinksTest {

    private static final List<Markdown> PAGES = Markdown.all();

    @Test
    void everyLinkLeadsSomewhere() {
        assertThat(PAGES.stream().flatMap(page -> page.links().stream()).filter(Link::isLocal))
                .isNotEmpty()
                .filteredOn(link -> !leadsSomewhere(link))
                .isEmpty();
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

    private static boolean leadsSomewhere(Link link) {
        String[] parts = link.target().split("#", 2);
        Path file = parts[0].isEmpty() ? link.file() : folder(link.file()).resolve(parts[0]);
        return Files.exists(file)
                && (parts.length == 1 || new Markdown(file).anchors().contains(parts[1]));
    }

    private static Path folder(Path file) {
        return file.getParent() == null ? Path.of("") : file.getParent();
    }
}
