package io.jenkins.plugins.metakraftwerk.form;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Parameter of a job whose value is the id of a MetaKraftwerk build. A build step can take it as its build. */
@Restricted(NoExternalUse.class)
public interface BuildIdParameter {}
