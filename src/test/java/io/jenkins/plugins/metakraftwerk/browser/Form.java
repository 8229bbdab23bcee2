package io.jenkins.plugins.metakraftwerk.browser;

import java.util.List;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
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

    private boolean isSelect(String name) {
        return browser.visible(field(name)).getTagName().equals("select");
    }

    void type(String name, String text) {
        browser.type(field(name), text);
    }

    void clear(String name) {
        browser.visible(field(name)).sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.BACK_SPACE, Keys.TAB);
    }

    String value(String name) {
        return browser.visible(field(name)).getDomProperty("value");
    }

    /** Chooses from a list as soon as it offers the value. */
    void choose(String name, String value) {
        awaitOffer(name, value);
        entries(name).stream()
                .filter(entry -> value.equals(value(entry)))
                .findFirst()
                .orElseThrow()
                .click();
        browser.until(name + " is " + value, () -> value(name).equals(value));
    }

    /** Opens a list, and returns when it offers the value. */
    void awaitOffer(String name, String value) {
        open(name);
        browser.until(
                () -> name + " offers " + value + ", and not "
                        + (isSelect(name) ? offers(name) : list(name).getText()),
                () -> entries(name).stream().anyMatch(entry -> value.equals(value(entry))));
    }

    private void open(String name) {
        // The list of another field may lie over this one.
        if (browser.all(By.cssSelector(".metakraftwerk-list__popup:not([hidden])"))
                .findAny()
                .isPresent()) {
            browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
        }
        browser.click(field(name));
    }

    private List<WebElement> entries(String name) {
        return isSelect(name)
                ? new Select(browser.visible(field(name))).getOptions()
                : list(name).findElements(By.cssSelector(".metakraftwerk-list__entry"));
    }

    private WebElement list(String name) {
        return browser.visible(field(name)).findElement(By.xpath("ancestor::div[@class='metakraftwerk-list'][1]"));
    }

    private static String value(WebElement entry) {
        String value = entry.getDomAttribute("data-value");
        return value == null ? entry.getDomProperty("value") : value;
    }

    /** The values that an open list offers. */
    List<String> offers(String name) {
        return entries(name).stream().map(Form::value).toList();
    }

    /** The labels that an open list shows. */
    List<String> labels(String name) {
        return entries(name).stream().map(WebElement::getText).toList();
    }

    /** Why an opened list offers nothing. */
    String note(String name) {
        open(name);
        browser.until(
                "A note in " + name,
                () -> !noteNow(name).isEmpty() && !noteNow(name).contains("Asking"));
        return noteNow(name);
    }

    private String noteNow(String name) {
        return list(name).findElements(By.cssSelector(".metakraftwerk-list__note")).stream()
                .map(WebElement::getText)
                .collect(Collectors.joining());
    }

    /** What is said beside a field of a list, as soon as something is. */
    String remark(String name) {
        By remark = By.cssSelector(".metakraftwerk-list__remark");
        browser.until(
                "A remark beside " + name,
                () -> !list(name).findElement(remark).getText().isBlank());
        return list(name).findElement(remark).getText();
    }

    /** What 'Check now' says, in the browser's own lines. */
    String checkNow() {
        browser.click(By.cssSelector(within + " [data-validate-button-method='checkNow']"));
        return browser.text(By.cssSelector(
                within + " [data-validate-button-method='checkNow'] + .jenkins-validate-button__container__status"));
    }

    /** What Jenkins says beside a field that it has checked, as soon as it does. */
    String check(String name) {
        By area = By.xpath("ancestor::div[contains(@class, 'setting-main')][1]"
                + "/following-sibling::div[contains(@class, 'validation-error-area')][1]");
        browser.until(
                "A check of " + name,
                () -> !browser.visible(field(name)).findElement(area).getText().isBlank());
        return browser.visible(field(name)).findElement(area).getText();
    }
}
