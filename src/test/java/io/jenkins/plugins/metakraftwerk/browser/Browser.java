package io.jenkins.plugins.metakraftwerk.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium that the tests of a class share. Where there is none, the class is skipped, with what is missing as
 * the reason. Everything is waited for: an element that is asked for may come later.
 */
final class Browser implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

    /**
     * A list of Jenkins' own that is refused, its page that asks for parameters, what its scripts do not find while the
     * credentials plugin brings a list to life in a page that is still being read, what it does in its own forms that it
     * does not recommend any more, and its menu of what the path at the top of a narrow page has no room for, which 2.568.2
     * asks for names by a word that it no longer knows.
     */
    private static final Pattern OF_JENKINS = Pattern.compile("/fillCredentialsIdItems - .* status of 500 "
            + "|/build\\?delay=0sec - .* status of 405 "
            + "|Couldn't find the expected (status|validation) element"
            + "|renderOnDemandCallback: |\\.behavior-loading is deprecated"
            + "|/jsbundles/header\\.js .* Cannot read properties of undefined \\(reading 'replace'\\)");

    private static final String NARROW = """
            const frame = document.createElement('iframe');
            frame.id = 'narrow';
            Object.assign(frame.style, {
              position: 'fixed', left: 0, top: 0, zIndex: 9999, border: 0, background: 'white',
              width: arguments[1] + 'px', height: '100%'
            });
            frame.src = arguments[0];
            document.body.append(frame);
            """;

    private Path profile;
    private ChromeDriverService service;
    private RemoteWebDriver driver;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        for (String program : List.of("chromium", "chromedriver")) {
            if (onPath(program).isEmpty()) {
                return disabled("There is no '" + program + "' on the PATH");
            }
        }
        return enabled("A browser is installed");
    }

    private static Optional<File> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, program))
                .filter(File::canExecute)
                .findFirst();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        profile = Files.createTempDirectory("browser");
        LoggingPreferences log = new LoggingPreferences();
        log.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(onPath("chromium").orElseThrow());
        options.setCapability(ChromeOptions.LOGGING_PREFS, log);
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", "en"));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--window-size=1200,1000",
                "--user-data-dir=" + profile);
        service = new ChromeDriverService.Builder()
                .usingDriverExecutable(onPath("chromedriver").orElseThrow())
                .build();
        service.start();
        driver = new RemoteWebDriver(service.getUrl(), options);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (driver != null) {
            driver.quit();
        }
        service.stop();
        FileUtils.deleteDirectory(profile.toFile());
    }

    RemoteWebDriver driver() {
        return driver;
    }

    /** Runs a script in each page that is opened from now on, before those of the page. */
    void runInEachPage(String script) throws IOException, InterruptedException {
        String command = new ObjectMapper()
                .writeValueAsString(
                        Map.of("cmd", "Page.addScriptToEvaluateOnNewDocument", "params", Map.of("source", script)));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(service.getUrl() + "/session/" + driver.getSessionId() + "/goog/cdp/execute"))
                .POST(HttpRequest.BodyPublishers.ofString(command))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    void open(String url) {
        driver.get(url);
    }

    /** Shows a page as in a window of that width, in pixels; Chromium has none that is narrower than 500. */
    void openNarrow(String url, int width) {
        open(url);
        driver.executeScript(NARROW, url, width);
        until(
                "The page in the narrow frame",
                () -> Boolean.TRUE.equals(driver.executeScript(
                        "const page = document.getElementById('narrow').contentDocument;"
                                + " return page.URL === arguments[0] && page.readyState === 'complete'",
                        url)));
    }

    /** How wide the content of the narrow page is, in pixels; it scrolls sideways if that is more than its width. */
    long narrowContent() {
        return (Long) driver.executeScript(
                "return document.getElementById('narrow').contentDocument.scrollingElement.scrollWidth");
    }

    /** Returns when this is true; an element that is not there, or not any more, is no failure until time is up. */
    void until(String what, Supplier<Boolean> condition) {
        until(() -> what, condition);
    }

    /** As {@link #until(String, Supplier)}; what did not come is only then put into words. */
    void until(Supplier<String> what, Supplier<Boolean> condition) {
        var patience = new WebDriverWait(driver, TestWaits.limit(), Duration.ofMillis(50))
                .ignoring(NoSuchElementException.class)
                .ignoring(StaleElementReferenceException.class)
                .ignoring(ElementClickInterceptedException.class)
                .withMessage(what);
        try {
            patience.until(nothing -> condition.get());
        } catch (TimeoutException e) {
            TestWaits.wasInVain();
            throw e;
        }
    }

    /** The first such element that can be seen. */
    WebElement visible(By by) {
        WebElement[] found = new WebElement[1];
        until("To be seen: " + by, () -> {
            found[0] = all(by).filter(WebElement::isDisplayed).findFirst().orElse(null);
            return found[0] != null;
        });
        return found[0];
    }

    Stream<WebElement> all(By by) {
        return driver.findElements(by).stream();
    }

    /** What is to be read there, as soon as something is. */
    String text(By by) {
        until("A text at " + by, () -> !visible(by).getText().isBlank());
        return visible(by).getText();
    }

    void click(By by) {
        until("To be clicked: " + by, () -> {
            WebElement element = visible(by);
            // Jenkins' own bars at the top and at the bottom would be hit instead.
            driver.executeScript("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element);
            element.click();
            return true;
        });
    }

    void type(By by, String text) {
        WebElement field = visible(by);
        field.clear();
        field.sendKeys(text);
    }

    /** Clicks on 'Save', and returns when that has led to another page. */
    void submit() {
        String form = url();
        click(By.cssSelector("button[name='Submit']"));
        until("Another page than " + form, () -> !url().equals(form));
        assertThat(url()).as("The form was accepted").doesNotEndWith("Submit");
    }

    String url() {
        return driver.getCurrentUrl();
    }

    /**
     * What Chromium has warned of since the last time: violations of the Content Security Policy, errors of scripts, what
     * could not be loaded. Left out is what Jenkins itself answers with an error that is none. Leaves the page, which may
     * ask again and again for something that is deleted meanwhile.
     */
    List<String> messages() {
        List<String> messages = warnings();
        driver.get("about:blank");
        return messages;
    }

    private List<String> warnings() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !OF_JENKINS.matcher(message).find())
                .toList();
    }
}
