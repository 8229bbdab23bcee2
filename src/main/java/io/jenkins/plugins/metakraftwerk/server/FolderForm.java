package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Descriptor.FormException;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.Optional;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** Lists and checks names of servers for the form of a folder. */
final class FolderForm {

    private FolderForm() {}

    /** Lists the names of all servers for users who may choose a credential. */
    static ListBoxModel names(@CheckForNull Item item) {
        ListBoxModel names = new ListBoxModel();
        if (ServerCredentials.mayChoose(item)) {
            MetaKraftwerkGlobalConfiguration.get()
                    .getServers()
                    .forEach(server -> names.add(server.getName(), server.getName()));
        }
        return names;
    }

    /** Returns the parent of a folder; null for a folder at the top, or if there is no folder. */
    @CheckForNull
    static Item above(@CheckForNull Item folder) {
        return folder != null && folder.getParent() instanceof Item above ? above : null;
    }

    /** @throws FormException if a text of the form is too long */
    static void refuseLong(JSONObject form) throws FormException {
        if (form.isNullObject()) {
            return;
        }
        refuseLong(form, "defaultServer");
        if (form.has("credentials")) {
            for (Object one : JSONArray.fromObject(form.get("credentials"))) {
                if (one instanceof JSONObject credential && !credential.isNullObject()) {
                    refuseLong(credential, "server");
                    refuseLong(credential, "credentialsId");
                }
            }
        }
    }

    private static void refuseLong(JSONObject form, String field) throws FormException {
        Optional<String> complaint = TextLengthCheck.complaint(field, form.optString(field));
        if (complaint.isPresent()) {
            throw new FormException(complaint.get(), field);
        }
    }

    static FormValidation check(@CheckForNull Item item, @CheckForNull String typed) {
        FormValidation length = TextLengthCheck.check("defaultServer", typed);
        if (length.kind != FormValidation.Kind.OK) {
            return length;
        }
        String name = Util.fixEmptyAndTrim(typed);
        boolean known = name == null
                || !ServerCredentials.mayChoose(item)
                || MetaKraftwerkGlobalConfiguration.get().server(name).isPresent();
        return known ? FormValidation.ok() : FormValidation.warning(Messages.folder_noSuchServer(name));
    }
}
