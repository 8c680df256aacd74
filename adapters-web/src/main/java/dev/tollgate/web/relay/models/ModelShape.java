package dev.tollgate.web.relay.models;

import dev.tollgate.domain.pricing.Model;
import dev.tollgate.web.relay.ErrorShape;
import io.micronaut.http.HttpParameters;
import java.util.List;

/** The form a dialect gives to models. */
interface ModelShape {
    /** A JSON document of all models, or of the page the query asks for. */
    byte[] list(List<Model> models, HttpParameters query);

    /** A JSON document of one model, under the name it was asked for by. */
    byte[] one(Model model, String name);

    ErrorShape errors();
}
