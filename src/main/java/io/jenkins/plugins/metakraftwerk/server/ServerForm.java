package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.AbstractItem;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the form of the servers shows and sends otherwise than it is kept. */
@Restricted(NoExternalUse.class)
public final class ServerForm {

    /** No name of an item contains it. */
    static final String SEPARATOR = ";";

    /** That every job may use the credential; whatever else is chosen, or nothing, restricts it. */
    static final String EVERYBODY = "all";

    private static final int MOST_SUGGESTIONS = 20;

    private ServerForm() {}

    /** Turns what is chosen under 'Who may use the credential' into the properties of a server. */
    static Object tidy(Object servers) {
        if (servers instanceof JSONArray several) {
            several.forEach(ServerForm::tidy);
        } else if (servers instanceof JSONObject server && !server.isNullObject()) {
            boolean restricted = !EVERYBODY.equals(server.optString("usage"));
            server.put("usageRestricted", restricted);
            server.put("allowedItems", restricted ? names(server.optString("allowedItemsText")) : new ArrayList<>());
            server.remove("usage");
            server.remove("allowedItemsText");
        }
        return servers;
    }

    /** In a text, as it is typed. */
    static List<String> names(@CheckForNull String text) {
        return AllowedItems.from(List.of(Util.fixNull(text).split("[" + SEPARATOR + "\\n]")))
                .names();
    }

    /**
     * The default server, after a form was saved. Where a second one joins the only one and nobody has chosen, the one that
     * was there before stays the default: jobs that name none go on using it.
     */
    @CheckForNull
    static String defaultServer(
            @CheckForNull String chosen, @CheckForNull String alone, List<MetaKraftwerkServer> now) {
        List<String> names = now.stream().map(MetaKraftwerkServer::getName).toList();
        String name = Util.fixEmptyAndTrim(chosen);
        if (name != null && (names.contains(name) || names.size() > 1)) {
            return name;
        }
        return name == null && names.size() > 1 && names.contains(alone) ? alone : null;
    }

    /** What each of the names covers, or that nothing is called so. */
    static FormValidation checkNames(String usage, @CheckForNull String text) {
        List<String> names = names(text);
        if (EVERYBODY.equals(usage)) {
            return FormValidation.ok();
        }
        if (names.isEmpty()) {
            return FormValidation.warning(Messages.allowed_nobody());
        }
        List<FormValidation> warnings = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            Item like = like(name);
            if (like == null) {
                missing.add(name);
            } else if (!isCovered(like, name)) {
                warnings.add(FormValidation.warning(Messages.allowed_spelling(name, like.getFullName())));
            }
        }
        if (!missing.isEmpty()) {
            warnings.add(FormValidation.warning(Messages.allowed_missing(String.join(SEPARATOR + " ", missing))));
        }
        if (!warnings.isEmpty()) {
            return FormValidation.aggregate(warnings);
        }
        return FormValidation.ok(names.stream()
                .map(name -> covers(like(name), name))
                .reduce((before, next) -> before + " " + next)
                .orElseThrow());
    }

    /** Asked as a run is, which Jenkins itself is less strict about. */
    private static boolean isCovered(Item like, String name) {
        return AllowedItems.from(List.of(name)).cover(like);
    }

    private static String covers(Item item, String name) {
        return item instanceof ItemGroup
                ? Messages.allowed_covers(kind(item), name)
                : Messages.allowed_coversOne(kind(item), name);
    }

    private static String kind(Item item) {
        return item instanceof AbstractItem known ? known.getPronoun() : "";
    }

    /** What Jenkins finds by that name, also where it is spelled otherwise. */
    @CheckForNull
    private static Item like(String name) {
        return Jenkins.get().getItemByFullName(name, Item.class);
    }

    /** Full names that begin as the last one that is being typed. */
    static Stream<String> suggestions(@CheckForNull String typed) {
        String text = Util.fixNull(typed);
        String last = text.substring(text.lastIndexOf(SEPARATOR) + 1).strip().toLowerCase(Locale.ROOT);
        return Jenkins.get().getAllItems(Item.class).stream()
                .map(Item::getFullName)
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(last))
                .sorted()
                .limit(MOST_SUGGESTIONS);
    }
}
