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
 * What the button 'Check now' says of the deployment that a form describes. It spends a credential as a list does, and so
 * asks for the same permission; what it sends is names and ids, to a server that an administrator has configured.
 */
final class CheckNowButton {

    private static final String SERVER = "server";
    private static final String CREDENTIAL = "credentialsId";

    /** In the place of what only a build knows: fit for names and ids, and looked at by nobody. */
    private static final String ANY = "1";

    private final DropDowns place;
    private final Item item;

    /** @param place the rules of the form */
    CheckNowButton(DropDowns place, @CheckForNull Item item) {
        this.place = place;
        this.item = item;
    }

    /** @param typed what stands in the fields that say what to deploy where, and how */
    FormValidation run(String server, String credentialsId, DeploymentFields typed) {
        if (!place.maySpend()) {
            return FormValidation.error(item == null ? Messages.check_adminOnly() : Messages.check_noPermission());
        }
        Set<String> open = open(server, credentialsId, typed);
        if (open.contains(SERVER) || open.contains(CREDENTIAL)) {
            return FormValidation.warning(inBuild(open));
        }
        try {
            Target target = Target.forItem(item, place.literal(server), place.literal(credentialsId));
            DeploymentPlan plan = typed.with(
                            text -> place.isVariable(text) ? ANY : Util.fixEmptyAndTrim(place.literal(text)))
                    .plan(target.label(), Duration.ZERO);
            return shown(
                    WebRequestWait.await(TargetCheck.prepare(
                            target,
                            () -> Connections.ofItem(item, place.literal(server), place.literal(credentialsId)),
                            client -> FormCaches.checks().check(client, plan, open))),
                    open);
        } catch (MetaKraftwerkException e) {
            return FormValidation.error(FieldLabels.in(e).text().in(LocaleProvider.getLocale()));
        } catch (AbortException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** The fields that have a variable, by the names that scripts use. */
    private Set<String> open(String server, String credentialsId, DeploymentFields typed) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(SERVER, server);
        fields.put(CREDENTIAL, credentialsId);
        fields.putAll(typed.texts());
        return fields.keySet().stream()
                .filter(name -> place.isVariable(fields.get(name)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String inBuild(Set<String> open) {
        return Messages.check_variable(open.stream().map(FieldLabels::forField).collect(Collectors.joining(", ")));
    }

    /** A line for each thing that was looked at, and for what was not, the worst of them for all. */
    private static FormValidation shown(CheckReport report, Set<String> open) {
        Locale locale = LocaleProvider.getLocale();
        FormValidation.Kind worst = report.lines().stream()
                .map(line -> kind(line.kind()))
                .max(FormValidation.Kind::compareTo)
                .orElse(FormValidation.Kind.OK);
        Stream<String> lines = report.lines().stream()
                .map(line -> shown(kind(line.kind()), line.text().in(locale)));
        if (open.isEmpty()) {
            return FormValidation.respond(worst, lines.collect(Collectors.joining()));
        }
        boolean isError = worst == FormValidation.Kind.ERROR;
        return FormValidation.respond(
                isError ? worst : FormValidation.Kind.WARNING,
                Stream.concat(lines, Stream.of(shown(FormValidation.Kind.WARNING, inBuild(open))))
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
