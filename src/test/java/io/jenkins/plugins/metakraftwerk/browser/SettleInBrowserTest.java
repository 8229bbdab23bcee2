package io.jenkins.plugins.metakraftwerk.browser;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV_ID;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.history.Past;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;

/** Somebody has looked on the server, and says in the history what became of two attempts that ended unknown. */
class SettleInBrowserTest {

    private static final By TABLE = By.cssSelector("#main-panel table");

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private FreeStyleProject app;

    @BeforeEach
    void deploy() throws Exception {
        app = SHARED.jenkins().createFreeStyleProject("app");
        Past.forJob(app)
                .created(DEV, DEV_ID, 5138, 11)
                .unknown(DEV, DEV_ID, 5139, "The answer was lost")
                .unknown(DEV, DEV_ID, 5140, "The answer was lost, too");
    }

    @AfterEach
    void nothingWasBlocked() throws Exception {
        assertThat(BROWSER.messages()).isEmpty();
        Past.forgetAll();
    }

    private static By in(int row, String element) {
        return By.cssSelector("#main-panel tbody tr:nth-child(" + row + ") " + element);
    }

    private static long open() {
        return BROWSER.all(By.cssSelector(".metakraftwerk-settle"))
                .filter(WebElement::isDisplayed)
                .toList()
                .size();
    }

    @Test
    void saysWhatBecameOfThem() throws Exception {
        BROWSER.open(SHARED.jenkins().getURL() + app.getUrl() + "metakraftwerk/");
        BROWSER.click(By.cssSelector(".metakraftwerk-overview td a"));
        assertThat(open()).isEqualTo(2);
        BROWSER.click(in(1, "summary"));
        Path pictures = Files.createDirectories(Path.of("target", "pictures"));
        Files.write(pictures.resolve("settle.png"), BROWSER.driver().getScreenshotAs(OutputType.BYTES));
        BROWSER.click(in(1, "form:last-of-type button"));
        BROWSER.until("The word", () -> BROWSER.text(TABLE).contains("not there, as"));
        assertThat(open()).isEqualTo(1);
        By summary = By.cssSelector(".metakraftwerk-settle summary");
        BROWSER.click(summary);
        BROWSER.type(By.cssSelector(".metakraftwerk-settle input[name='record']"), "12");
        BROWSER.click(By.cssSelector(".metakraftwerk-settle form:first-of-type button"));
        BROWSER.until("The record", () -> BROWSER.text(TABLE).contains("build deployment 12"));
        assertThat(open()).isZero();
        BROWSER.open(SHARED.jenkins().getURL() + app.getUrl());
        assertThat(BROWSER.text(By.id("main-panel"))).contains("build 5139").doesNotContain("perhaps");
    }

    @Test
    void fitsANarrowScreen() throws Exception {
        BROWSER.open(SHARED.jenkins().getURL() + app.getUrl() + "metakraftwerk/");
        BROWSER.click(By.cssSelector(".metakraftwerk-overview td a"));
        String history = BROWSER.url();
        BROWSER.openNarrow(history, 400);
        BROWSER.click(in(1, "summary"));
        assertThat(BROWSER.narrowContent()).isLessThanOrEqualTo(400);
    }
}
