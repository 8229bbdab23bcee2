package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Agent;
import io.jenkins.plugins.metakraftwerk.client.AgentGroup;
import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.Deployment;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Nearest;
import io.jenkins.plugins.metakraftwerk.client.Pattern;
import io.jenkins.plugins.metakraftwerk.client.Project;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Finds out which of the names that somebody gave the server does not have, since its own words may not say. One look
 * for each name, and only where something has gone wrong already; what cannot be read is not mentioned.
 */
public final class UnknownNames {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SHOWN = 3;
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private final MetaKraftwerkClient client;
    private final Executor work;
    private final List<CompletableFuture<Optional<Text>>> looks = new ArrayList<>();

    private UnknownNames(MetaKraftwerkClient client, AskedNames asked, Executor work) {
        this.client = client.withTimeout(PATIENCE);
        this.work = work;
        look("names.pattern", asked.pattern(), all -> all.patterns(), Pattern::name, Pattern::usable);
        look(
                "names.deployment",
                asked.deployment(),
                all -> all.deployments(asked.pattern(), asked.patternId()),
                Deployment::name,
                deployment -> true);
        look("names.project", asked.project(), all -> all.projects(), Project::name, Project::usable);
        look("names.agent", asked.agent(), all -> all.agents(null), Agent::name, Agent::usable);
        look("names.group", asked.agentGroup(), all -> all.agentGroups(null), AgentGroup::name, group -> true);
    }

    /**
     * The same failure, and which of the names is not there, where that may be its reason. Never fails.
     *
     * @param client asked only then
     * @param work compares names, which takes more time than a thread has that reads answers
     */
    public static CompletableFuture<MetaKraftwerkException> explain(
            MetaKraftwerkException failure, Supplier<MetaKraftwerkClient> client, AskedNames asked, Executor work) {
        Chain<MetaKraftwerkException> result = new Chain<>();
        if (!failure.is(400, 404)) {
            result.complete(failure);
            return result;
        }
        result.either(
                after(failure.text(), client.get(), asked, work),
                (text, trouble) -> result.complete(trouble == null ? failure.with(text) : failure));
        return result;
    }

    /**
     * What was said, and which of the names is not there. Never fails.
     *
     * @param work as above
     */
    public static CompletableFuture<Text> after(
            Text said, MetaKraftwerkClient client, AskedNames asked, Executor work) {
        Chain<Text> result = new Chain<>();
        UnknownNames names = new UnknownNames(client, asked, work);
        names.addTo(said, 0, result);
        result.whenComplete((text, end) -> names.looks.forEach(look -> look.cancel(true)));
        return result;
    }

    private void addTo(Text said, int index, Chain<Text> result) {
        if (index == looks.size()) {
            result.complete(said);
            return;
        }
        result.either(
                looks.get(index),
                (unknown, trouble) -> addTo(
                        trouble != null || unknown.isEmpty() ? said : Text.of("names.also", said, unknown.get()),
                        index + 1,
                        result));
    }

    private <T> void look(
            String kind,
            String name,
            Function<MetaKraftwerkClient, CompletableFuture<List<T>>> list,
            Function<T, String> nameOf,
            Predicate<T> usable) {
        if (name != null) {
            looks.add(Futures.map(
                    list.apply(client),
                    all -> all.stream().map(nameOf).anyMatch(name::equals)
                            ? Optional.empty()
                            : Optional.of(unknown(
                                    kind,
                                    name,
                                    all.stream().filter(usable).map(nameOf).toList())),
                    work));
        }
    }

    /**
     * Whether the reason of an attempt says that its pattern or its deployment is not there. Of why it failed, no more is
     * kept than these words, in the language that Jenkins had then.
     */
    public static boolean areReason(String reason, String pattern, String deployment) {
        return reason != null
                && LANGUAGES.stream()
                        .anyMatch(language -> says(reason, "names.pattern", pattern, language)
                                || says(reason, "names.deployment", deployment, language));
    }

    private static boolean says(String reason, String kind, String name, Locale language) {
        return name != null
                && reason.contains(Text.of("names.unknown", Text.of(kind), RemoteText.name(name))
                        .in(language));
    }

    /** Says that a name is not there, and which of those that can be used are like it. */
    static Text unknown(String kind, String name, List<String> usable) {
        Text what = Text.of("names.unknown", Text.of(kind), RemoteText.name(name));
        if (usable.isEmpty()) {
            return Text.of("names.none", what);
        }
        List<String> near =
                Nearest.of(name, usable, SHOWN).stream().map(RemoteText::name).toList();
        return near.isEmpty()
                ? Text.of("names.alone", Text.of(kind), RemoteText.name(name))
                : Text.of("names.nearest", what, String.join(", ", near));
    }
}
