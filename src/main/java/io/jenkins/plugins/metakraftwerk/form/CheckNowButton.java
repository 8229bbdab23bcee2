package io.jenkins.plugins.metakraftwerk.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.Target;
import io.jenkins.plugins.metakraftwerk.server.TargetCheck;
import io.jenkins.plugins.metakraftwerk.server.WebRequestWait;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jvnet.localizer.LocaleProvider;

/**
 * Does the work of the button 'Check now': checks the deployment that a form describes. It uses a credential as a list
 * does, and so needs the same permission. It sends only names and ids, to a server that an administrator has
 * configured.
 */
final class CheckNowButton {

    private static final String SERVER = "server";
    private static final String CREDENTIAL = "credentialsId";

    /** Stands for a value that is known only in a build. Valid as a name and as an id; never looked up. */
    private static final String ANY = "1";

    private final DropDowns dropDowns;
    private final Item item;

    /** @param dropDowns the rules of the form */
    CheckNowButton(DropDowns dropDowns, @CheckForNull Item item) {
        this.dropDowns = dropDowns;
        this.item = item;
    }

    /** @param typed the fields of the deployment, as typed */
    FormValidation run(String server, String credentialsId, DeploymentFields typed) {
        if (!dropDowns.maySpend()) {
            return FormValidation.error(item == null ? Messages.check_adminOnly() : Messages.check_noPermission());
        }
        Set<String> withVariables = withVariables(server, credentialsId, typed);
        if (withVariables.contains(SERVER) || withVariables.contains(CREDENTIAL)) {
            return FormValidation.warning(inBuild(withVariables));
        }
        try {
            Target target = Target.forItem(item, dropDowns.literal(server), dropDowns.literal(credentialsId));
            DeploymentPlan plan = typed.with(
                            text -> dropDowns.isVariable(text) ? ANY : Util.fixEmptyAndTrim(dropDowns.literal(text)))
                    .plan(target.label(), Duration.ZERO);
            return shown(
                    WebRequestWait.await(TargetCheck.prepare(
                            target,
                            () -> Connections.ofItem(item, dropDowns.literal(server), dropDowns.literal(credentialsId)),
                            client -> FormCaches.checks().check(client, plan, withVariables))),
                    withVariables);
        } catch (MetaKraftwerkException e) {
            return FormValidation.error(FieldLabels.in(e).text().in(LocaleProvider.getLocale()));
        } catch (AbortException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Returns the fields that contain a variable, by the names that scripts use. */
    private Set<String> withVariables(String server, String credentialsId, DeploymentFields typed) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(SERVER, server);
        fields.put(CREDENTIAL, credentialsId);
        fields.putAll(typed.texts());
        return fields.keySet().stream()
                .filter(name -> dropDowns.isVariable(fields.get(name)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String inBuild(Set<String> withVariables) {
        return Messages.check_variable(
                withVariables.stream().map(FieldLabels::forField).collect(Collectors.joining(", ")));
    }

    /**
     * Shows a line for each thing that was checked, and one for the fields that were not. The kind of the whole is the
     * worst of them.
     */
    private static FormValidation shown(CheckReport report, Set<String> withVariables) {
        Locale locale = LocaleProvider.getLocale();
        FormValidation.Kind worst = report.lines().stream()
                .map(line -> kind(line.kind()))
                .max(FormValidation.Kind::compareTo)
                .orElse(FormValidation.Kind.OK);
        Stream<String> lines = report.lines().stream()
                .map(line -> shown(kind(line.kind()), line.text().in(locale)));
        if (withVariables.isEmpty()) {
            return FormValidation.respond(worst, lines.collect(Collectors.joining()));
        }
        boolean isError = worst == FormValidation.Kind.ERROR;
        return FormValidation.respond(
                isError ? worst : FormValidation.Kind.WARNING,
                Stream.concat(lines, Stream.of(shown(FormValidation.Kind.WARNING, inBuild(withVariables))))
                        .collect(Collectors.joining()));
    }

    private static String shown(FormValidation.Kind kind, String text) {
        return "<div class=\"" + kind.name().toLowerCase(Locale.ROOT) + "\">" + Util.escape(text) + "</div>";
    }

    private static FormValidation.Kind kind(CheckReport.Kind kind) {
        return switch (kind) {
            case OK -> FormValidation.Kind.OK;
            case WARNING -> FormValidation.Kind.WARNING;
            case PROBLEM -> FormValidation.Kind.ERROR;
        };
    }
}
