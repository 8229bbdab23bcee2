package io.jenkins.plugins.metakraftwerk.browser;

import org.openqa.selenium.By;

/** A freestyle job with the plugin's build step. */
final class JobPage {

    static final String STEP =
            ".repeated-chunk[descriptorid='io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder']";

    private final Browser browser;
    private final String url;

    /** @param url of the job, with a slash at its end */
    JobPage(Browser browser, String url) {
        this.browser = browser;
        this.url = url;
    }

    /** Makes a new job, and opens its form. */
    static JobPage create(Browser browser, String jenkins, String name) {
        browser.open(jenkins + "newJob");
        browser.type(By.id("name"), name);
        browser.click(By.cssSelector(".hudson_model_FreeStyleProject label"));
        browser.click(By.id("ok-button"));
        browser.until("The form of the new job", () -> browser.url().endsWith("/configure"));
        return new JobPage(browser, jenkins + "job/" + name + "/");
    }

    JobPage configure() {
        browser.open(url + "configure");
        return this;
    }

    void addStep() {
        browser.click(By.cssSelector("button.hetero-list-add[suffix='builder']"));
        browser.click(By.xpath("//*[contains(@class, 'jenkins-dropdown__item')][contains(., 'MetaKraftwerk')]"));
    }

    Form step() {
        return new Form(browser, STEP);
    }

    void showAdvanced() {
        browser.click(By.cssSelector(STEP + " .advanced-button"));
    }

    void save() {
        browser.submit();
    }

    /** Clicks on 'Build Now', and says no more of what becomes of it. */
    void build() {
        browser.open(url);
        browser.click(By.cssSelector("a.task-link[href*='/build?']"));
    }
}
