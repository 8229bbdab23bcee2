package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.client.LongTexts;
import io.jenkins.plugins.metakraftwerk.deploy.Lines;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The longest that is told of an attempt fits into a line. */
class LongestLineTest {

    private static final String TEXT = LongTexts.WIDE;
    private static final Long ID = Long.MAX_VALUE;

    static DeploymentEvent longest() {
        String owner = "o".repeat(75) + "€".repeat(255) + "#" + Integer.MAX_VALUE;
        var request = new DeploymentEvent.Request(
                ID,
                TEXT,
                ID,
                TEXT,
                ID,
                TEXT,
                ID,
                TEXT,
                ID,
                TEXT,
                "https://" + "a".repeat(247),
                TEXT,
                "SERVER",
                "metaKraftwerkDeploy");
        var record = new BuildDeployment(ID, ID, ID, ID, ID, ID, ID);
        return new DeploymentEvent(
                owner, TEXT, Integer.MAX_VALUE, LongTexts.MANY, request, record, TEXT, "SKIPPED", TEXT, Long.MAX_VALUE);
    }

    @Test
    void ofTheAuditLog() {
        AuditLine line = new AuditLine(
                "2026-11-28T18:54:04.123456789Z",
                "adopted",
                TEXT,
                Integer.MAX_VALUE,
                LongTexts.MANY,
                TEXT,
                TEXT,
                TEXT,
                "SERVER",
                ID,
                TEXT,
                TEXT,
                TEXT,
                TEXT,
                "metaKraftwerkDeploy",
                ID,
                TEXT,
                ID);
        assertThat(line.toString()).contains("…").hasSizeLessThan(Lines.MOST);
    }

    @Test
    void ofWhatIsLeftToTell() {
        Untold.Line line = new Untold.Line(longest(), Set.of(getClass().getName()), null, null, null, null);
        String text = Lines.checked(JsonLine.write(line));
        assertThat(JsonLine.read(text, Untold.Line.class)).contains(line);
        Lines.checked(JsonLine.write(new Untold.Line(null, null, null, null, TEXT, TEXT)));
        Lines.checked(JsonLine.write(
                new Untold.Line(null, null, longest().key(), getClass().getName(), null, null)));
    }

    @Test
    void aJobOfALongNameIsFollowed() {
        assertThat(longest().of(TEXT)).isEqualTo(longest());
        assertThat(longest().of(TEXT + "€").job()).isNotEqualTo(longest().job());
    }
}
