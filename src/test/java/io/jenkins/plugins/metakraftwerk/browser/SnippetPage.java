package io.jenkins.plugins.metakraftwerk.browser;

import org.openqa.selenium.By;

/** The Snippet Generator, with the form of {@code mkDeploy}. */
final class SnippetPage {

    static final By STEPS = By.cssSelector(".jenkins-form-item:has(select.dropdownList)");
    static final By COPY = By.cssSelector(".jenkins-copy-button");
    static final By SNIPPET = By.id("prototypeText");

    private final Browser browser;

    /** @param place what the Snippet Generator belongs to, with a slash at its end */
    SnippetPage(Browser browser, String place) {
        this.browser = browser;
        browser.open(place + "pipeline-syntax/");
        browser.click(By.xpath("//select[contains(@class, 'dropdownList')]/option[starts-with(., 'mkDeploy:')]"));
    }

    Form step() {
        return new Form(browser, "form[name='config']");
    }

    String generate() {
        browser.click(By.id("generatePipelineScript"));
        browser.until(
                "A snippet",
                () -> !browser.visible(SNIPPET).getDomProperty("value").isEmpty());
        return browser.visible(SNIPPET).getDomProperty("value");
    }
}
