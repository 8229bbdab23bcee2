package io.jenkins.plugins.metakraftwerk.server;

import io.jenkins.plugins.metakraftwerk.deploy.LinesFile;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Says what is missing where something is shown of a file. */
@Restricted(NoExternalUse.class)
public final class FileNotices {

    private FileNotices() {}

    /** @param where what the file belongs to, as people call it */
    public static List<String> of(String where, LinesFile.Problem problem) {
        List<String> notices = new ArrayList<>();
        if (problem.reason() != null) {
            notices.add(unread(where, problem.file(), problem.reason()));
        }
        if (problem.aside() > 0) {
            notices.add(Messages.file_aside(problem.file(), where, problem.aside()));
        }
        return notices;
    }

    /** Of a file that is put aside as a whole when it is written next. */
    public static String damaged(String where, String file) {
        return Messages.file_damaged(file, where);
    }

    public static String unread(String where, String file, String reason) {
        return Messages.file_unread(file, where, reason);
    }
}
