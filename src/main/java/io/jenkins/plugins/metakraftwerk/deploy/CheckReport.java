package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a check of a deployment has found.
 *
 * @param lines what there is to say, in the order in which a person would look
 * @param last what was deployed there last, of whatever build; null where nothing was, or where it could not be read
 */
public record CheckReport(List<Line> lines, BuildDeployment last) {

    /** What a line means for the deployment. */
    public enum Kind {
        OK,
        /** It could be sent, and would perhaps not do what is wanted. */
        WARNING,
        /** It would fail. */
        PROBLEM
    }

    /** One thing that was looked at. */
    public record Line(Kind kind, Text text) {

        /** The line, with its kind. */
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

    /** Nothing but what is in the way. */
    public static CheckReport withProblems(List<Text> problems) {
        return new CheckReport(
                problems.stream().map(text -> new Line(Kind.PROBLEM, text)).toList(), null);
    }

    /** The same, with what was in the way before anything was read. */
    public CheckReport after(List<Text> problems) {
        Stream<Line> all = Stream.concat(withProblems(problems).lines.stream(), lines.stream());
        return new CheckReport(all.toList(), last);
    }

    public List<Text> texts(Kind kind) {
        return lines.stream().filter(line -> line.kind == kind).map(Line::text).toList();
    }
}
