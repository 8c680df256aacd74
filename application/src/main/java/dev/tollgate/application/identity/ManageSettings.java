package dev.tollgate.application.identity;

import java.util.List;
import java.util.Map;

/** Use case: see and change what an operator may set while Tollgate runs. */
public interface ManageSettings {
    /** Every setting with the value in force, in a fixed order. */
    List<InForce> list();

    /**
     * Changes settings by their keys, all or none; an empty text brings one back to its default.
     *
     * @return what is wrong by key, empty if everything was changed
     */
    Map<String, String> change(Map<String, String> values);

    /** A setting and its value. */
    record InForce(Setting setting, String value) {}
}
