package io.jenkins.plugins.metakraftwerk.server;

import io.jenkins.plugins.metakraftwerk.store.LinesFile;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells readers of a page which parts of a file are missing. */
@Restricted(NoExternalUse.class)
public final class FileNotices {

    private FileNotices() {}

    /** @param where the display name of the item or build that the file belongs to */
    public static List<String> forProblem(String where, LinesFile.Problem problem) {
        List<String> notices = new ArrayList<>();
        if (problem.reason() != null) {
            notices.add(Messages.file_unread(problem.file(), where, problem.reason()));
        }
        if (problem.aside() > 0) {
            notices.add(Messages.file_aside(problem.file(), where, problem.aside()));
        }
        return notices;
    }
}
