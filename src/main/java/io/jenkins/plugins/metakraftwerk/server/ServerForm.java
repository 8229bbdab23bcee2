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

/** Converts between the form of the servers and the stored configuration. */
@Restricted(NoExternalUse.class)
public final class ServerForm {

    /** Separates names; no name of an item contains it. */
    static final String SEPARATOR = ";";

    /** Choice that every job may use the credential. Any other choice, or none, restricts it. */
    static final String EVERYBODY = "all";

    private static final int MOST_SUGGESTIONS = 20;

    private ServerForm() {}

    /** Turns the fields under 'Who may use the credential' into the properties of a server. */
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

    /** Splits a text, as it is typed, into names. */
    static List<String> names(@CheckForNull String text) {
        return AllowedItems.from(List.of(Util.fixNull(text).split("[" + SEPARATOR + "\\n]")))
                .names();
    }

    /**
     * Returns the default server after a form was saved. If a second server joins the only one and nobody has chosen,
     * the first stays the default, so that jobs that name none go on using it.
     */
    @CheckForNull
    static String defaultServer(
            @CheckForNull String chosen, @CheckForNull String onlyServer, List<MetaKraftwerkServer> servers) {
        List<String> names = servers.stream().map(MetaKraftwerkServer::getName).toList();
        String name = Util.fixEmptyAndTrim(chosen);
        if (name != null && (names.contains(name) || names.size() > 1)) {
            return name;
        }
        return name == null && names.size() > 1 && names.contains(onlyServer) ? onlyServer : null;
    }

    /** Tells what each name covers, or that no item has this name. */
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
            Item item = find(name);
            if (item == null) {
                missing.add(name);
            } else if (!isCovered(item, name)) {
                warnings.add(FormValidation.warning(Messages.allowed_spelling(name, item.getFullName())));
            }
        }
        if (!missing.isEmpty()) {
            warnings.add(FormValidation.warning(Messages.allowed_missing(String.join(SEPARATOR + " ", missing))));
        }
        if (!warnings.isEmpty()) {
            return FormValidation.aggregate(warnings);
        }
        return FormValidation.ok(names.stream()
                .map(name -> covers(find(name), name))
                .reduce((before, next) -> before + " " + next)
                .orElseThrow());
    }

    /** Asks by the rules of a build, which are stricter about spelling than Jenkins itself. */
    private static boolean isCovered(Item item, String name) {
        return AllowedItems.from(List.of(name)).cover(item);
    }

    private static String covers(Item item, String name) {
        return item instanceof ItemGroup
                ? Messages.allowed_covers(kind(item), name)
                : Messages.allowed_coversOne(kind(item), name);
    }

    private static String kind(Item item) {
        return item instanceof AbstractItem known ? known.getPronoun() : "";
    }

    /** Returns the item that Jenkins finds by that name, even if it is spelled differently. */
    @CheckForNull
    private static Item find(String name) {
        return Jenkins.get().getItemByFullName(name, Item.class);
    }

    /** Returns full names that begin like the last name in the text, which is still being typed. */
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
