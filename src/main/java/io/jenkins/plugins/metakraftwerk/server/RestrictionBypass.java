package io.jenkins.plugins.metakraftwerk.server;

import hudson.Util;
import hudson.util.FormValidation;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds configured servers that make a restriction useless: they have the same address or the same credential, and only
 * one of the two is restricted.
 *
 * @param typed the server as it stands in the form
 * @param storedName its name when the form was opened; blank for a new server
 */
record RestrictionBypass(MetaKraftwerkServer typed, String storedName) {

    /** Warns of servers that have the same address and a credential. */
    Stream<FormValidation> byUrl() {
        if (typed.getCredentialsId() == null) {
            return Stream.empty();
        }
        return warnings(
                other -> other.getCredentialsId() != null && other.normalUrl().equals(typed.normalUrl()),
                Messages::shared_url,
                Messages::shared_urlOpen);
    }

    /** Warns of servers that have the same credential. */
    Stream<FormValidation> byCredential() {
        String id = typed.getCredentialsId();
        if (id == null) {
            return Stream.empty();
        }
        return warnings(
                other -> id.equals(other.getCredentialsId()),
                Messages::shared_credential,
                Messages::shared_credentialOpen);
    }

    private Stream<FormValidation> warnings(
            Predicate<MetaKraftwerkServer> shares,
            Function<Object, String> restrictedHere,
            Function<Object, String> openHere) {
        return others().filter(other -> other.isUsageRestricted() != typed.isUsageRestricted())
                .filter(shares)
                .map(other -> (typed.isUsageRestricted() ? restrictedHere : openHere).apply(other.getName()))
                .map(FormValidation::warning);
    }

    private Stream<MetaKraftwerkServer> others() {
        List<String> own = List.of(typed.getName(), Util.fixNull(storedName));
        return MetaKraftwerkGlobalConfiguration.get().getServers().stream()
                .filter(other -> !own.contains(other.getName()));
    }
}
