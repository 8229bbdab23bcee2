package io.jenkins.plugins.metakraftwerk.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.ListBoxModel;
import hudson.util.ListBoxModel.Option;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.export.Flavor;

/**
 * Response for a field with a list: the entries, or the reason why there are none. The reason also has the status 200,
 * since the browser would report any other status in its console.
 *
 * @param values the entries; in a search, those that match
 * @param more the number of further matches
 * @param reason the reason why there is no list; null if there is one
 */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 999)
public record FieldListResponse(
        @Exported List<Option> values,
        @Exported int more,
        @Exported @CheckForNull String reason) implements HttpResponse {

    public FieldListResponse {
        // Copied, since a {@link ListBoxModel} would not be written as an array.
        values = List.copyOf(values);
    }

    /** Maximum number of entries, as many as a person may read through. */
    static final int MOST_SHOWN = 100;

    /** Makes a list. */
    @FunctionalInterface
    public interface Source {
        ListBoxModel list() throws ListUnavailableException;
    }

    public static FieldListResponse from(Source source) {
        try {
            return new FieldListResponse(source.list(), 0, null);
        } catch (ListUnavailableException e) {
            return new FieldListResponse(List.of(), 0, e.getMessage());
        }
    }

    /**
     * Returns the first matches in a long list.
     *
     * @param typed words, each of which must be part of the label or the value; an entry whose value is the whole text
     *     comes first
     */
    public static FieldListResponse search(Source source, @CheckForNull String typed) {
        FieldListResponse all = from(source);
        String text = typed == null ? "" : typed.strip().toLowerCase(Locale.ROOT);
        String[] words = text.split("\\s+");
        List<Option> matches = all.values().stream()
                .filter(option -> {
                    String label = option.name.toLowerCase(Locale.ROOT);
                    String value = option.value.toLowerCase(Locale.ROOT);
                    return Stream.of(words).allMatch(word -> label.contains(word) || value.contains(word));
                })
                .toList();
        List<Option> first = Stream.concat(
                        matches.stream().filter(option -> option.value.equals(text)),
                        matches.stream().filter(option -> !option.value.equals(text)))
                .limit(MOST_SHOWN)
                .toList();
        return new FieldListResponse(first, matches.size() - first.size(), all.reason());
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
            throws IOException, ServletException {
        response.serveExposedBean(request, this, Flavor.JSON);
    }
}
