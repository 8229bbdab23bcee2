package io.jenkins.plugins.metakraftwerk.form;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.jvnet.hudson.test.JenkinsRule;

/** One call of a web method of a descriptor, as a form makes it or as somebody makes it by hand. */
public final class WebCall {

    private final JenkinsRule jenkins;
    private final String path;
    private final List<NameValuePair> parameters = new ArrayList<>();
    private HttpMethod method = HttpMethod.POST;
    private boolean crumb = true;
    private String user;
    private String language;

    private WebCall(JenkinsRule jenkins, String path) {
        this.jenkins = jenkins;
        this.path = path;
    }

    /**
     * A POST with a crumb by nobody in particular.
     *
     * @param context the URL of an item, ending in a slash; empty for the root
     * @param webMethod its name in the URL, such as {@code fillServerItems}
     */
    public static WebCall create(JenkinsRule jenkins, String context, Class<?> describable, String webMethod) {
        return new WebCall(jenkins, context + "descriptorByName/" + describable.getName() + "/" + webMethod);
    }

    public WebCall with(String parameter, String value) {
        parameters.add(new NameValuePair(parameter, value));
        return this;
    }

    /** @param user null for an anonymous call */
    public WebCall as(String user) {
        this.user = user;
        return this;
    }

    /** @param code as a browser sends it */
    public WebCall in(String code) {
        language = code;
        return this;
    }

    public WebCall withoutCrumb() {
        crumb = false;
        return this;
    }

    public WebCall byGet() {
        method = HttpMethod.GET;
        crumb = false;
        return this;
    }

    public WebResponse send() throws IOException {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            client.getOptions().setRedirectEnabled(false);
            if (user != null) {
                client.withBasicCredentials(user, user);
            }
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), method);
            request.setCharset(StandardCharsets.UTF_8);
            if (language != null) {
                request.setAdditionalHeader("Accept-Language", language);
            }
            if (crumb) {
                client.addCrumb(request);
                request.getRequestParameters().addAll(parameters);
            } else {
                request.setRequestParameters(parameters);
            }
            return client.loadWebResponse(request);
        }
    }

    /** The body of an answer that succeeds. */
    public String text() throws IOException {
        WebResponse response = send();
        if (response.getStatusCode() != 200) {
            throw new AssertionError(response.getStatusCode() + ": " + response.getContentAsString());
        }
        return response.getContentAsString();
    }

    /** The entries of a list, their labels by their values. */
    public Map<String, String> entries() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        JSONObject list = list();
        if (!reason(list).isEmpty()) {
            throw new AssertionError(reason(list));
        }
        JSONArray values = list.getJSONArray("values");
        for (int i = 0; i < values.size(); i++) {
            JSONObject value = values.getJSONObject(i);
            entries.put(value.getString("value"), value.getString("name"));
        }
        return entries;
    }

    private JSONObject list() throws IOException {
        return JSONObject.fromObject(text());
    }

    private static String reason(JSONObject list) {
        return list.optString("reason").replaceFirst("^null$", "");
    }

    /** How many more entries fit than are shown. */
    public int more() throws IOException {
        return list().getInt("more");
    }

    /** How many entries a list has; for use in streams. */
    public int size() {
        try {
            return entries().size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The reason that is given instead of a list. */
    public String failure() throws IOException {
        JSONObject list = list();
        if (reason(list).isEmpty() || !list.getJSONArray("values").isEmpty()) {
            throw new AssertionError(list);
        }
        return reason(list);
    }
}
