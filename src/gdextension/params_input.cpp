#include "gdextension/params_input.h"

#include "gdextension/polygon_input.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cutout::engine {

using binding::Array;
using binding::Dictionary;
using binding::StringName;
using binding::Variant;
using fracture::FieldType;
using fracture::FieldValue;
using geometry::Failure;
using geometry::Status;

namespace {

constexpr std::string_view type_key = "type";
constexpr std::string_view default_type = "voronoi";

Failure bad_parameter(std::string message) {
    return {.status = Status::bad_parameter, .message = std::move(message)};
}

// `text` keeps the characters of a word alive. False: no parameter can have a value of this type.
bool unpack(const Variant& value, FieldValue& out, std::string& text) {
    if (const auto boolean = value.get<bool>()) {
        out.type = FieldType::boolean;
        out.boolean = *boolean;
    } else if (const auto integer = value.get<std::int64_t>()) {
        out.type = FieldType::integer;
        out.integer = *integer;
    } else if (const auto real = value.get<double>()) {
        out.type = FieldType::real;
        out.real = *real;
    } else if (const auto vector2 = value.get<binding::Vector2>()) {
        out.type = FieldType::vector2;
        out.vector2 = {vector2->x, vector2->y};
    } else if (auto points = value.get<binding::PackedVector2Array>()) {
        // Refers to the script's memory (copy-on-write); no point is looked at here.
        const auto owner = std::make_shared<const binding::PackedVector2Array>(std::move(*points));
        out.type = FieldType::points;
        out.points = {view_of(*owner), owner};
    } else if (value.is_nil()) {
        out.type = FieldType::null;
    } else if (auto word = value.get_text()) {
        out.type = FieldType::choice;
        text = std::move(*word);
        out.word = text;
    } else {
        return false;
    }
    return true;
}

Failure set_one(fracture::Params& params, const std::string& key, const Variant& value) {
    FieldValue field_value;
    std::string text;
    if (unpack(value, field_value, text)) return fracture::set_field(params, key, field_value);
    for (const fracture::Field& field : fracture::fields(params)) {
        if (field.key == key) {
            return bad_parameter("parameter \"" + key + "\" is " + value.type_name() + "; it must be " +
                                 fracture::allowed_values(field));
        }
    }
    return fracture::set_field(params, key, field_value); // says that the key is unknown
}

Failure read_dictionary(const Dictionary& dictionary, fracture::Params& out) {
    std::string type(default_type);
    const Array keys = dictionary.keys();
    const std::int64_t count = keys.size();
    std::int64_t type_index = -1;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::optional<std::string> key = keys.at(i).get_text();
        if (!key) {
            return bad_parameter("params has the key " + keys.at(i).text() + ", which is " +
                                 keys.at(i).type_name() + "; keys must be String");
        }
        if (*key != type_key) continue;
        std::optional<std::string> word = dictionary.at(keys.at(i)).get_text();
        if (!word) {
            return bad_parameter("parameter \"type\" is " + dictionary.at(keys.at(i)).type_name() +
                                 "; it must be String");
        }
        // A Dictionary can hold the same text as a String and as a StringName key; the engine takes them for
        // one, so there is at most one `type`.
        type = std::move(*word);
        type_index = i;
    }
    if (Failure failure = fracture::default_params(type, out); !failure.ok()) return failure;
    for (std::int64_t i = 0; i < count; ++i) {
        if (i == type_index) continue;
        const Variant& key = keys.at(i);
        if (Failure failure = set_one(out, *key.get_text(), dictionary.at(key)); !failure.ok())
            return failure;
    }
    return fracture::check_params(out);
}

// Both of one type that a comparison is quick for, and the same. NaN is not the same as itself: it is read
// anew, and refused.
bool is_same_number(const Variant& a, const Variant& b) {
    if (const auto integer = a.get<std::int64_t>()) return integer == b.get<std::int64_t>();
    if (const auto real = a.get<double>()) return real == b.get<double>();
    if (const auto boolean = a.get<bool>()) return boolean == b.get<bool>();
    return false;
}

bool is_number(const Variant& value) {
    const GDExtensionVariantType type = value.type();
    return type == GDEXTENSION_VARIANT_TYPE_INT || type == GDEXTENSION_VARIANT_TYPE_FLOAT ||
           type == GDEXTENSION_VARIANT_TYPE_BOOL;
}

// The Dictionary that the value is or gives.
Failure get_dictionary(const Variant& value, std::optional<Dictionary>& out) {
    out = value.get<Dictionary>();
    if (out) return {};
    if (value.type() != GDEXTENSION_VARIANT_TYPE_OBJECT) {
        return bad_argument("params is " + value.type_name() +
                            "; it must be a Dictionary, or an Object with to_dictionary()");
    }
    if (value.is_dead_object()) return bad_argument("params is an object that is null or was freed");
    const StringName method("to_dictionary");
    if (!value.has_method(method)) {
        return bad_argument("params is " + value.text() + ", which has no method to_dictionary()");
    }
    Variant object(value); // keeps a RefCounted object alive while its script runs
    const std::optional<Variant> result = object.call(method);
    if (!result) return bad_argument("params: to_dictionary() could not be called without arguments");
    out = result->get<Dictionary>();
    if (!out) {
        return bad_argument("params: to_dictionary() gave " + result->type_name() +
                            "; it must give a Dictionary");
    }
    return {};
}

} // namespace

Failure read_params(const Variant& value, fracture::Params& out) {
    std::optional<Dictionary> dictionary;
    if (Failure failure = get_dictionary(value, dictionary); !failure.ok()) return failure;
    return read_dictionary(*dictionary, out);
}

bool ParamsReader::is_like_last(const Dictionary& dictionary, std::int64_t& seed) const {
    // As many keys, and each of the last one's: so no others.
    if (!comparable_ || dictionary.size() != static_cast<std::int64_t>(last_.size())) return false;
    for (const Entry& entry : last_) {
        if (!dictionary.has(entry.key)) return false;
        const Variant& value = dictionary.at(entry.key);
        if (!entry.is_seed) {
            if (!is_same_number(value, entry.value)) return false;
        } else if (const auto own = value.get<std::int64_t>()) {
            seed = *own; // every integer is in its range
        } else {
            return false;
        }
    }
    return true;
}

void ParamsReader::remember(const Dictionary& dictionary) {
    last_.clear();
    const Array keys = dictionary.keys();
    comparable_ = false;
    for (std::int64_t i = 0; i < keys.size(); ++i) {
        const Variant& value = dictionary.at(keys.at(i));
        if (!is_number(value)) return;
        last_.push_back({keys.at(i), value, keys.at(i).get_text() == "seed"});
    }
    comparable_ = true;
}

Failure ParamsReader::read(const Variant& value, fracture::SeededParams& out) {
    std::optional<Dictionary> dictionary;
    if (Failure failure = get_dictionary(value, dictionary); !failure.ok()) return failure;
    const bool has_seed = std::ranges::any_of(last_, &Entry::is_seed);
    if (std::int64_t seed = 0; is_like_last(*dictionary, seed)) {
        out = has_seed ? fracture::SeededParams(params_, seed) : fracture::SeededParams(params_);
        return {};
    }
    fracture::Params own;
    if (Failure failure = read_dictionary(*dictionary, own); !failure.ok()) return failure;
    params_ = std::make_shared<const fracture::Params>(std::move(own));
    out = fracture::SeededParams(params_);
    remember(*dictionary);
    return {};
}

} // namespace cutout::engine
