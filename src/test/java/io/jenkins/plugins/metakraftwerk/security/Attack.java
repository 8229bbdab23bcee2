package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.stream.IntStream;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** What a server might send to do something in a browser, in a terminal or to the reader of a log. */
final class Attack {

    static final String MARKUP = "<img src=x onerror=alert(1)>";

    /** How a page has it; what is left out is escaped on some pages and need not be. */
    static final String ESCAPED = "&lt;img src=x onerror=alert(1)";

    static final String FORGED_LINE = "[Pipeline] fake";
    static final String FORGED_NOTE = "FORGED";

    /** What a job can name, which excludes control characters. */
    static final String NAME = MARKUP + " \u202egro.live\u2066 {0} " + "x".repeat(900);

    static final String TEXT = MARKUP + " \u202egro.live\u2066\u200b {0} \u001b[31mred \u001b[8mha:////" + FORGED_NOTE
            + "\u001b[0m\r\n" + FORGED_LINE + "\n\u2028" + FORGED_LINE + "\u0085\u009b31m\u0007\u0000 "
            + "x".repeat(10_000);

    private Attack() {}

    /** Answers that bring a text to where it would be shown. */
    static List<Fault> faults() {
        return List.of(
                Fault.error(400, TEXT),
                Fault.error(401, TEXT),
                Fault.error(403, TEXT),
                Fault.error(404, TEXT),
                Fault.redirect("http://host.example/" + MARKUP + "\u00ad\u009b31m/" + "x".repeat(10_000)),
                Fault.status(422, "text/html", "<html>" + TEXT + "</html>"),
                Fault.status(200, "application/json", "[{\"id\":\"" + MARKUP + "\",\"name\":1}]"),
                Fault.status(200, "text/html", "<html>" + MARKUP + "</html>"));
    }

    /** A record whose numbers are none. */
    static Fault record() {
        String quoted = JsonNodeFactory.instance.textNode(TEXT).toString();
        return Fault.statusAfter(
                201,
                "application/json",
                "{\"id\":1,\"build_id\":5139,\"pattern_id\":" + quoted + ",\"deployment_id\":" + quoted
                        + ",\"agent_id\":" + quoted + "}");
    }

    /** A pattern with a deployment, and a group of agents, as such a server calls them. */
    static void names(StandInServer server) {
        server.addPattern(61, NAME, TEXT, TEXT, true, false, false);
        server.addDeployment(62, 61, NAME);
        server.addAgentGroup(63, NAME, TEXT);
    }

    static List<String> labels(String list) {
        JSONArray values = JSONObject.fromObject(list).getJSONArray("values");
        return IntStream.range(0, values.size())
                .mapToObj(i -> values.getJSONObject(i).getString("name"))
                .toList();
    }

    /** HTML, XML or JSON for a page. */
    static void assertHarmless(String shown) {
        assertWithoutTricks(shown);
        assertThat(shown).doesNotContain(MARKUP);
    }

    /** Nothing that a terminal obeys, that turns the direction of a line or begins another one. */
    static void assertWithoutTricks(String shown) {
        assertThat(shown.codePoints()
                        .filter(c -> Character.isISOControl(c)
                                || Character.getType(c) == Character.FORMAT
                                || Character.getType(c) == Character.LINE_SEPARATOR
                                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR))
                .as(shown)
                .isEmpty();
    }
}
