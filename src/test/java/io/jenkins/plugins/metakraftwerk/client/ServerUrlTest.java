package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only an address that can be meant is accepted, and a token goes nowhere else. */
class ServerUrlTest {

    private static String refusal(String typed) {
        var failure = catchThrowableOfType(MetaKraftwerkException.class, () -> ServerUrl.parse(typed));
        assertThat(failure).as(typed).isNotNull();
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        return TestClients.check(failure).getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.metakraftwerk.com, https://app.metakraftwerk.com",
        "' https://app.metakraftwerk.com/ ', https://app.metakraftwerk.com",
        "https://app.metakraftwerk.com///, https://app.metakraftwerk.com",
        "http://localhost:3030, http://localhost:3030",
        "HTTPS://App.MetaKraftwerk.com, https://app.metakraftwerk.com",
        "https://App.X:443, https://app.x",
        "https://app.x:443/Mk/, https://app.x/Mk",
        "http://app.x:80, http://app.x",
        "https://app.x:80, https://app.x:80",
        "http://app.x:443, http://app.x:443",
        "https://app.x:, https://app.x",
        "https://[2001:DB8::A]:443, https://[2001:db8::a]",
        "https://app.x:0443, https://app.x",
        "https://proxy.example/mk/, https://proxy.example/mk",
        "https://10.0.0.1:65535, https://10.0.0.1:65535",
        "https://[::1]:8443/x, https://[::1]:8443/x",
        "https://metakraftwerk, https://metakraftwerk",
    })
    void accepted(String typed, String kept) throws Exception {
        assertThat(ServerUrl.parse(typed)).hasToString(kept);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "/", "///"})
    void missing(String typed) {
        assertThat(refusal(typed)).contains("Enter the URL", ServerUrl.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://",
                "https:///x",
                "https:app.metakraftwerk.com",
                "https://a b",
                "https://host:port",
                "https://host:65536",
                "https://host:-1",
                "https://under_score",
                "https://ümlaut.example",
                "https://host/\u0000",
                "https://host/%zz",
                "https://2852039166",
                "https://2852039166.",
                "https://025177524776",
                "https://0xA9FEA9FE.",
                "https://0xA9.254.169.254",
                "https://0251.0376.0251.0376",
                "https://169.254.43518",
                "https://169.254.169.254.",
                "https://169.254.169%2e254",
                "https://169。254。169。254",
                "https://①69.254.169.254",
                "https:/host",
                "https://0xa9fea9fe",
                "https://0Xa9fea9fe:80",
                "https://169.254.1",
                "http://[fe80::1",
                "https://<script>"
            })
    void noUrl(String typed) {
        assertThat(refusal(typed)).contains("This is not a URL", ServerUrl.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.metakraftwerk.com",
                "ftp://host",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "jar:http://host!/x",
                "jar:file:/etc/passwd!/x",
                "//host"
            })
    void otherSchemes(String typed) {
        assertThat(refusal(typed)).contains("https://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user@host",
                "https://user:secret@host",
                "https://host?x=secret",
                "https://host/#secret",
                "https://host/?",
                "https://app.metakraftwerk.com@evil.example"
            })
    void extras(String typed) {
        assertThat(refusal(typed)).contains("Leave user name, password").doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254",
                "http://169.254.0.1:80/latest",
                "http://[fe80::1]",
                "http://[FE80::1]",
                "http://[feb0::1]:8080",
                "http://[febf::1]",
                "http://[fe80:0:0:0:0:0:0:1]",
                "http://[fe80::1%25eth0]",
                "http://[fe80::1%1]",
                "http://0251.254.169.254",
                "http://0169.254.169.254",
                "http://[::ffff:169.254.169.254]",
                "http://[::ffff:a9fe:a9fe]",
                "http://[0:0:0:0:0:ffff:a9fe:a9fe]",
                "http://[0:0:0:0:0:FFFF:169.254.169.254]"
            })
    void linkLocalAddresses(String typed) {
        assertThat(refusal(typed)).contains("Link-local");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://host/api/v1", "https://host/api/v1/", "https://host/mk/api/v1//"})
    void theAddressOfTheApi(String typed) {
        assertThat(refusal(typed)).contains("Leave /api/v1 out");
    }

    @Test
    void theAddressesBelow() throws Exception {
        ServerUrl url = ServerUrl.parse("https://host/mk/");
        assertThat(url.logIn()).hasToString("https://host/mk/authentication");
        assertThat(url.api("/builds/7", Map.of())).hasToString("https://host/mk/api/v1/builds/7");
        assertThat(url.api("/x", Collections.singletonMap("name", null))).hasToString("https://host/mk/api/v1/x");
        assertThat(url.api("/x", Map.of("name", "a b&c=d?e#f/g+h\"ü%")))
                .hasToString("https://host/mk/api/v1/x?name=a%20b%26c%3Dd%3Fe%23f%2Fg%2Bh%22%C3%BC%25");
    }

    @Test
    void plainHttpIsNoticed() throws Exception {
        assertThat(ServerUrl.parse("http://host").isPlainHttp()).isTrue();
        assertThat(ServerUrl.parse("HTTP://host").isPlainHttp()).isTrue();
        assertThat(ServerUrl.parse("https://host").isPlainHttp()).isFalse();
    }

    @Test
    void equality() throws Exception {
        assertThat(ServerUrl.parse("https://host/"))
                .isEqualTo(ServerUrl.parse("https://HOST:443"))
                .hasSameHashCodeAs(ServerUrl.parse("https://HOST:443"))
                .isNotEqualTo(ServerUrl.parse("http://host"));
    }
}
