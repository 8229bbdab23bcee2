package io.jenkins.plugins.metakraftwerk.browser;

import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** One of the plugin's forms on the page that is open. Fields go by their names in the code, so that labels can change. */
final class Form {

    private final Browser browser;
    private final String within;

    /** @param within a CSS selector of what the form is in */
    Form(Browser browser, String within) {
        this.browser = browser;
        this.within = within;
    }

    private By field(String name) {
        return By.cssSelector(within + " [name='_." + name + "']");
    }

    private Select list(String name) {
        return new Select(browser.visible(field(name)));
    }

    void type(String name, String text) {
        browser.type(field(name), text);
    }

    String value(String name) {
        return browser.visible(field(name)).getDomProperty("value");
    }

    /** Chooses from a list as soon as it offers the value. */
    void choose(String name, String value) {
        awaitOffer(name, value);
        list(name).getOptions().stream()
                .filter(option -> value.equals(option.getDomProperty("value")))
                .findFirst()
                .orElseThrow()
                .click();
    }

    void awaitOffer(String name, String value) {
        browser.until(name + " offers " + value, () -> offers(name).contains(value));
    }

    /** The values that a list offers now. */
    List<String> offers(String name) {
        return list(name).getOptions().stream()
                .map(option -> option.getDomProperty("value"))
                .toList();
    }

    /** The labels that a list shows now. */
    List<String> labels(String name) {
        return list(name).getOptions().stream().map(WebElement::getText).toList();
    }

    /** What stands beside a field, as soon as something does. */
    String remark(String name) {
        By remark = By.xpath("ancestor::div[contains(@class, 'setting-main')][1]"
                + "/following-sibling::div[contains(@class, 'validation-error-area')][1]");
        browser.until(
                "A remark beside " + name,
                () -> !browser.visible(field(name))
                        .findElement(remark)
                        .getText()
                        .isBlank());
        return browser.visible(field(name)).findElement(remark).getText();
    }
}
