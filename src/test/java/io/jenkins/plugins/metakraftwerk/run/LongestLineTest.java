package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.client.LongTexts;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.store.LineLimits;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.Test;

/** The longest that is told of an attempt fits into a line. */
class LongestLineTest {

    private static final String TEXT = LongTexts.WIDE;
    private static final Long ID = Long.MAX_VALUE;

    @Test
    void ofTheAuditLog() {
        AuditLine line =
                AuditLine.forEvent("adopted", Attempts.longest(TEXT, ID)).counted(Long.MAX_VALUE);
        assertThat(line.toString()).contains("…").hasSizeLessThan(LineLimits.MOST);
    }

    /** Nothing more: whoever reads the files has written his programs for these. */
    @Test
    void theAuditLogHasTheFieldsThatAreDocumented() {
        String line = AuditLine.forEvent("adopted", Attempts.longest(null, ID))
                .counted(7)
                .toString();
        assertThat(JSONObject.fromObject(line).keySet())
                .containsExactlyInAnyOrder(
                        "time",
                        "event",
                        "job",
                        "number",
                        "users",
                        "server",
                        "serverUrl",
                        "credentialsId",
                        "origin",
                        "buildId",
                        "pattern",
                        "deployment",
                        "agent",
                        "agentGroup",
                        "step",
                        "buildDeploymentId",
                        "reason",
                        "count");
        assertThat(line).contains("\"pattern\":\"#" + ID + "\"");
    }

    @Test
    void ofABuild() {
        AttemptRecord longest = Attempts.longest(TEXT, ID);
        assertThat(AttemptRecord.read(LineLimits.checked(JsonLine.write(longest))))
                .contains(longest);
    }

    @Test
    void aJobOfALongNameIsFollowed() {
        AttemptRecord longest = Attempts.longest(TEXT, ID);
        assertThat(longest.withJob(TEXT)).isEqualTo(longest);
        assertThat(longest.withJob(TEXT + "€").job()).isNotEqualTo(longest.job());
    }
}
