package io.jenkins.plugins.metakraftwerk.browser;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;

/** Takes pictures of parts of a page for the documentation. */
final class Camera {

    /** So high that Jenkins' bar with 'Save' is out of the way. */
    static final int HEIGHT = 3000;

    private static final int WIDTH = 1200;
    private static final int MARGIN = 16;

    /** Where the elements are in the window, with none of them in the midst of a transition. */
    private static final String FIND = """
            const still = new CSSStyleSheet();
            still.replaceSync('* { transition: none !important; animation: none !important; caret-color: transparent }');
            document.adoptedStyleSheets.push(still);
            arguments[0].scrollIntoView({block: 'center', behavior: 'instant'});
            const areas = [...arguments].map(element => element.getBoundingClientRect());
            return {
              left: Math.min(...areas.map(area => area.left)), right: Math.max(...areas.map(area => area.right)),
              top: Math.min(...areas.map(area => area.top)), bottom: Math.max(...areas.map(area => area.bottom))
            }
            """;

    private final Browser browser;
    private final Path folder;

    Camera(Browser browser, Path folder) throws IOException {
        this.browser = browser;
        this.folder = Files.createDirectories(folder);
        height(HEIGHT);
    }

    /** In pixels, of the window. */
    void height(int pixels) {
        browser.driver().manage().window().setSize(new Dimension(WIDTH, pixels));
    }

    /** Takes a picture of the elements and of what is between and a little around them. */
    void take(String name, By... elements) throws IOException {
        browser.driver().executeScript("document.activeElement.blur()");
        takeFocused(name, elements);
    }

    /** The same, with the focus where it is. */
    void takeFocused(String name, By... elements) throws IOException {
        WebElement[] visible = Stream.of(elements).map(browser::visible).toArray(WebElement[]::new);
        Map<?, ?> area = (Map<?, ?>) browser.driver().executeScript(FIND, (Object[]) visible);
        BufferedImage window =
                ImageIO.read(new ByteArrayInputStream(browser.driver().getScreenshotAs(OutputType.BYTES)));
        int left = Math.max(0, edge(area, "left") - MARGIN);
        int top = Math.max(0, edge(area, "top") - MARGIN);
        int right = Math.min(window.getWidth(), edge(area, "right") + MARGIN);
        int bottom = Math.min(window.getHeight(), edge(area, "bottom") + MARGIN);
        ImageIO.write(
                window.getSubimage(left, top, right - left, bottom - top),
                "png",
                folder.resolve(name + ".png").toFile());
    }

    private static int edge(Map<?, ?> area, String side) {
        return ((Number) area.get(side)).intValue();
    }
}
