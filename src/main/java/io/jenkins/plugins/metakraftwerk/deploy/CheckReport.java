package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.List;
import java.util.stream.Stream;

/**
 * Findings of a check of a deployment.
 *
 * @param lines the findings, in the order in which a person would look
 * @param last the record that was deployed there last, of any build; null if there is none or it could not be read
 */
public record CheckReport(List<Line> lines, BuildDeployment last) {

    /** Meaning of a finding for the deployment. */
    public enum Kind {
        OK,
        /** The deployment could be sent, but might not have the wanted effect. */
        WARNING,
        /** The deployment would fail. */
        PROBLEM
    }

    /** One finding. */
    public record Line(Kind kind, Text text) {

        /** Returns the text with its kind in front. */
        public Text said() {
            return switch (kind) {
                case OK -> Text.forKey("check.ok", text);
                case WARNING -> Text.forKey("check.warning", text);
                case PROBLEM -> Text.forKey("check.problem", text);
            };
        }
    }

    public CheckReport {
        lines = List.copyOf(lines);
    }

    /** Creates a report of problems only. */
    public static CheckReport withProblems(List<Text> problems) {
        return new CheckReport(
                problems.stream().map(text -> new Line(Kind.PROBLEM, text)).toList(), null);
    }

    /** Returns the report with problems in front that were known before anything was read. */
    public CheckReport after(List<Text> problems) {
        Stream<Line> all = Stream.concat(withProblems(problems).lines.stream(), lines.stream());
        return new CheckReport(all.toList(), last);
    }

    public List<Text> texts(Kind kind) {
        return lines.stream().filter(line -> line.kind == kind).map(Line::text).toList();
    }
}
