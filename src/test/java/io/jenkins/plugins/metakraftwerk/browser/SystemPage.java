package io.jenkins.plugins.metakraftwerk.browser;

import org.openqa.selenium.By;

/** The part of 'Manage Jenkins' » 'System' that configures one MetaKraftwerk server. */
final class SystemPage {

    static final By SECTION = By.xpath("//section[.//*[@name='servers']]");

    /** What the plugin says against a server, while it says it. */
    static final String ERROR = "[class*='metakraftwerk-server-'].error:not([hidden])";

    private static final String SERVER = ".repeated-chunk[name='servers']";
    private static final String DIALOG = "dialog.jenkins-dialog form:not(.jenkins-hidden) ";

    private final Browser browser;

    SystemPage(Browser browser, String jenkins) {
        this.browser = browser;
        browser.open(jenkins + "manage/configure");
    }

    Form server() {
        return new Form(browser, SERVER);
    }

    Form lastServer() {
        return new Form(browser, SERVER + " ~ " + SERVER);
    }

    void addServer() {
        browser.click(By.xpath("//div[@name='io-jenkins-plugins-metakraftwerk-server-MetaKraftwerkGlobalConfiguration']"
                + "/following::button[contains(@class, 'repeatable-add')][1]"));
    }

    void removeServer() {
        remove(SERVER);
    }

    void removeLastServer() {
        remove(SERVER + " ~ " + SERVER);
    }

    private void remove(String server) {
        browser.click(By.cssSelector(server + " .repeatable-delete"));
        browser.until(
                "The server is gone from the form",
                () -> browser.all(By.cssSelector(server)).findAny().isEmpty());
    }

    /** Adds a Username with password to the system store, in the dialog that the form offers. */
    void addCredential(String id, String user, String password) {
        browser.click(By.cssSelector(SERVER + " .credentials-add-menu"));
        browser.click(By.cssSelector("[data-type='credentials-add-store-item']"));
        browser.click(
                By.xpath("//dialog//label[input[@name='kind'][contains(@value, 'UsernamePasswordCredentialsImpl')]]"));
        browser.click(By.cssSelector(DIALOG + "button"));
        Form credential = new Form(browser, DIALOG);
        credential.type("username", user);
        credential.type("password", password);
        credential.type("id", id);
        browser.click(By.cssSelector("#cr-dialog-submit"));
        server().awaitOffer("credentialsId", id);
    }

    /** What 'Test connection' says. */
    String testConnection() {
        browser.click(By.cssSelector(SERVER + " .validate-button"));
        return browser.text(By.cssSelector(SERVER + " .jenkins-validate-button__container__status"));
    }

    String defaultServer() {
        return everything().value("defaultServer");
    }

    void chooseDefaultServer(String name) {
        everything().choose("defaultServer", name);
    }

    private Form everything() {
        return new Form(browser, "form");
    }

    void save() {
        browser.submit();
    }

    void saveInVain() {
        browser.click(By.cssSelector("button[name='Submit']"));
    }
}
