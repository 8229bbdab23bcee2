package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.AskedNames;
import io.jenkins.plugins.metakraftwerk.deploy.UnknownNames;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** What a filter lets through, and what the log says of it. */
record Found<T>(List<T> entries, Text said) {

    /**
     * Where nothing is found, or the server refuses, says which of the names that were asked for it does not have.
     *
     * @param some says how many were found
     */
    static <T> CompletableFuture<Found<T>> of(
            CompletableFuture<List<T>> listed,
            MetaKraftwerkClient client,
            AskedNames asked,
            Text none,
            IntFunction<Text> some) {
        Chain<Found<T>> result = new Chain<>();
        result.either(listed, (entries, failure) -> {
            if (failure instanceof MetaKraftwerkException known) {
                result.then(
                        UnknownNames.explain(known, () -> client, asked, Threads.work()),
                        result::completeExceptionally);
            } else if (failure != null) {
                result.completeExceptionally(failure);
            } else if (entries.isEmpty()) {
                result.then(
                        UnknownNames.after(none, client, asked, Threads.work()),
                        said -> result.complete(new Found<>(entries, said)));
            } else {
                result.complete(new Found<>(entries, some.apply(entries.size())));
            }
        });
        return result;
    }
}
