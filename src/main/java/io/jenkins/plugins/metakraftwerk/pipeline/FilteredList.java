package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.RequestedNames;
import io.jenkins.plugins.metakraftwerk.deploy.UnknownNames;
import java.util.List;
import java.util.function.IntFunction;

/** Entries that pass a filter, and the line for the log. */
record FilteredList<T>(List<T> entries, Text said) {

    /**
     * Reads a list. If it is empty, or the server refuses, says which of the requested names the server does not have.
     *
     * @param some makes the line of the number of entries
     */
    static <T> FilteredList<T> read(
            MetaKraftwerkClient.ClientCall<List<T>> list,
            MetaKraftwerkClient client,
            RequestedNames asked,
            Text none,
            IntFunction<Text> some)
            throws MetaKraftwerkException, InterruptedException {
        List<T> entries;
        try {
            entries = list.ask(client);
        } catch (MetaKraftwerkException e) {
            throw UnknownNames.explain(e, () -> client, asked, ReadingWork.WORK);
        }
        return new FilteredList<>(
                entries,
                entries.isEmpty()
                        ? UnknownNames.after(none, client, asked, ReadingWork.WORK)
                        : some.apply(entries.size()));
    }
}
