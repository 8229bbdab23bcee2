package io.jenkins.plugins.metakraftwerk.form;

import com.github.benmanes.caffeine.cache.Ticker;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.server.CheckOnTarget;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.Target;
import io.jenkins.plugins.metakraftwerk.server.WebWait;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jvnet.localizer.LocaleProvider;

/**
 * What the button 'Check now' says of the deployment that a form describes. It spends a credential as a list does, and so
 * asks for the same permission; what it sends is names and ids, to a server that an administrator has configured.
 */
final class CheckNow {

    /** Changed by tests only, to which the clock of the cache must belong. */
    static volatile ServerChecks checks = new ServerChecks(Ticker.systemTicker());

    private final DropDowns place;
    private final Item item;

    /** @param place the rules of the form */
    CheckNow(DropDowns place, @CheckForNull Item item) {
        this.place = place;
        this.item = item;
    }

    /** @param typed what stands in the fields that say what to deploy where, and how */
    FormValidation run(String server, String credentialsId, DeploymentFields typed) {
        if (!place.maySpend()) {
            return FormValidation.error(item == null ? Messages.check_adminOnly() : Messages.check_noPermission());
        }
        if (Stream.concat(Stream.of(server, credentialsId), typed.texts()).anyMatch(place::isVariable)) {
            return FormValidation.warning(Messages.check_variable());
        }
        try {
            Target target = Target.of(item, place.literal(server), place.literal(credentialsId));
            DeploymentPlan plan = typed.with(text -> Util.fixEmptyAndTrim(place.literal(text)))
                    .plan(target.label(), Duration.ZERO);
            return shown(WebWait.await(CheckOnTarget.run(
                    target,
                    () -> Connections.ofItem(item, place.literal(server), place.literal(credentialsId)),
                    client -> checks.check(client, plan))));
        } catch (MetaKraftwerkException e) {
            return FormValidation.error(FieldLabels.in(e).text().in(LocaleProvider.getLocale()));
        } catch (AbortException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** A line for each thing that was looked at, the worst of them for all. */
    private static FormValidation shown(CheckReport report) {
        Locale locale = LocaleProvider.getLocale();
        FormValidation.Kind worst = report.lines().stream()
                .map(line -> kind(line.kind()))
                .max(FormValidation.Kind::compareTo)
                .orElse(FormValidation.Kind.OK);
        return FormValidation.respond(
                worst,
                report.lines().stream()
                        .map(line -> "<div class=\""
                                + kind(line.kind()).name().toLowerCase(Locale.ROOT) + "\">"
                                + Util.escape(line.text().in(locale)) + "</div>")
                        .collect(Collectors.joining()));
    }

    private static FormValidation.Kind kind(CheckReport.Kind kind) {
        return switch (kind) {
            case OK -> FormValidation.Kind.OK;
            case WARNING -> FormValidation.Kind.WARNING;
            case PROBLEM -> FormValidation.Kind.ERROR;
        };
    }
}
