#include "transform/check_digit.h"

#include "transform/digit.h"

static bool is_digits(struct text number)
{
    for (size_t i = 0; i < number.len; i++) {
        if (!digit_is_ascii(number.at[i])) {
            return false;
        }
    }
    return number.len > 1;
}

static int luhn_sum(struct text number)
{
    int sum = 0;

    for (size_t i = 0; i < number.len; i++) {
        int digit = number.at[number.len - 1 - i] - '0';
        int doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum = (sum + (i % 2 == 0 ? digit : doubled)) % 10;
    }
    return sum;
}

bool check_luhn(struct text number)
{
    return is_digits(number) && luhn_sum(number) == 0;
}

bool check_npi(struct text number)
{
    enum { PREFIX_80840 = 24 }; /* what those five digits add to the sum */

    return number.len == 10 && is_digits(number) && (luhn_sum(number) + PREFIX_80840) % 10 == 0;
}

bool check_verhoeff(struct text number)
{
    static const char product[10][11] = {"0123456789", "1234067895", "2340178956", "3401289567",
                                         "4012395678", "5987604321", "6598710432", "7659821043",
                                         "8765932104", "9876543210"};
    static const char permutation[8][11] = {"0123456789", "1576283094", "5803796142",
                                            "8916043527", "9453126870", "4286573901",
                                            "2793806415", "7046913258"};
    int check = 0;

    if (!is_digits(number)) {
        return false;
    }
    for (size_t i = 0; i < number.len; i++) {
        int digit = number.at[number.len - 1 - i] - '0';
        check = product[check][permutation[i % 8][digit] - '0'] - '0';
    }
    return check == 0;
}

bool check_mod11(struct text number)
{
    int sum = 0;

    if (number.len != 10 || !is_digits(number)) {
        return false;
    }
    for (int i = 0; i < 10; i++) {
        sum += (number.at[i] - '0') * (i == 9 ? 1 : 10 - i);
    }
    return sum % 11 == 0;
}

/* The remainder by 97 after these characters, or -1. */
static int mod97_add(int rest, struct text part)
{
    for (size_t i = 0; i < part.len && rest >= 0; i++) {
        char byte = part.at[i];
        if (digit_is_ascii(byte)) {
            rest = (rest * 10 + (byte - '0')) % 97;
        } else if (byte >= 'A' && byte <= 'Z') {
            rest = (rest * 100 + (byte - 'A' + 10)) % 97;
        } else {
            rest = -1;
        }
    }
    return rest;
}

bool check_mod97(struct text number)
{
    return number.len > 2 && mod97_add(0, number) == 1;
}

bool check_iban(struct text number)
{
    struct text head = {number.at, 4};

    return number.len > 4 && number.len <= 34 &&
           mod97_add(mod97_add(0, (struct text){number.at + 4, number.len - 4}), head) == 1;
}
