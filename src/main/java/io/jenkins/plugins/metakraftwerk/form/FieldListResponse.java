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
 * What a field with a list is answered: the entries, or the reason why there are none. Also the reason comes as a success,
 * since the browser would note any other answer in its console, as if the page were broken.
 *
 * @param values the entries, those that fit where somebody searches
 * @param more how many more fit
 * @param reason why there is no list; null where there is one
 */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 999)
public record FieldListResponse(
        @Exported List<Option> values,
        @Exported int more,
        @Exported @CheckForNull String reason) implements HttpResponse {

    public FieldListResponse {
        // No list of Jenkins, which would not be answered as an array.
        values = List.copyOf(values);
    }

    /** As many as somebody may look through. */
    static final int MOST_SHOWN = 100;

    /** What makes a list. */
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
     * Of a long list, the first of those that fit.
     *
     * @param typed words, each of which a label or a value contains; the entry whose value it is comes first
     */
    public static FieldListResponse search(Source source, @CheckForNull String typed) {
        FieldListResponse all = from(source);
        String text = typed == null ? "" : typed.strip().toLowerCase(Locale.ROOT);
        String[] words = text.split("\\s+");
        List<Option> fitting = all.values().stream()
                .filter(option -> {
                    String label = option.name.toLowerCase(Locale.ROOT);
                    String value = option.value.toLowerCase(Locale.ROOT);
                    return Stream.of(words).allMatch(word -> label.contains(word) || value.contains(word));
                })
                .toList();
        List<Option> first = Stream.concat(
                        fitting.stream().filter(option -> option.value.equals(text)),
                        fitting.stream().filter(option -> !option.value.equals(text)))
                .limit(MOST_SHOWN)
                .toList();
        return new FieldListResponse(first, fitting.size() - first.size(), all.reason());
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
            throws IOException, ServletException {
        response.serveExposedBean(request, this, Flavor.JSON);
    }
}
