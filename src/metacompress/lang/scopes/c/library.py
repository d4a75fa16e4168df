"""Functions of the C, POSIX and C++ libraries: what programs and compilers know by name."""

from __future__ import annotations

_C_FUNCTIONS = """
    abort abs acos acosh acoshf acoshl aligned_alloc asctime asin asinh asinhf asinhl
    at_quick_exit atan atan2 atanh atanhf atanhl atexit atof atoi atol atoll bcmp bcopy bsearch
    btowc bzero c16rtomb c32rtomb calloc cbrt cbrtf cbrtl ceil clearerr clock close conj
    connect copysign copysignf copysignl cos cosh ctime difftime div erf erfc erfcf erfcl erff
    erfl exit exp exp2 exp2f exp2l expm1 expm1f expm1l fabs fclose fdim fdimf fdiml
    feclearexcept fegetenv fegetexceptflag fegetround feholdexcept feof feraiseexcept ferror
    fesetenv fesetexceptflag fesetround fetestexcept feupdateenv fflush ffs fgetc fgetpos fgets
    fgetwc fgetws floor fma fmaf fmal fmax fmaxf fmaxl fmin fminf fminl fmod fopen fork
    fpclassify fprintf fputc fputs fputwc fputws fread free freopen frexp fscanf fseek fsetpos
    ftell fwide fwprintf fwrite fwscanf gamma getc getchar getenv getline gets getwc getwchar
    gmtime hypot hypotf hypotl ilogb ilogbf ilogbl imaxabs imaxdiv index isalnum isalpha
    isblank iscntrl isdigit isfinite isgraph isgreater isgreaterequal isinf isless islessequal
    islessgreater islower isnan isnormal isprint ispunct isspace isunordered isupper iswalnum
    iswalpha iswblank iswcntrl iswctype iswdigit iswgraph iswlower iswprint iswpunct iswspace
    iswupper iswxdigit isxdigit j0 j1 jn kill labs ldexp ldiv lgamma lgammaf lgammal link
    listen llabs lldiv llrint llrintf llrintl llround llroundf llroundl localeconv localtime
    log log10 log1p log1pf log1pl log2 log2f log2l logb logbf logbl longjmp lrint lrintf lrintl
    lround lroundf lroundl malloc mblen mbrlen mbrtoc16 mbrtoc32 mbrtowc mbsinit mbsrtowcs
    mbstowcs mbtowc memchr memcmp memcpy memmove memset mktime modf nan nanf nanl nearbyint
    nearbyintf nearbyintl nextafter nextafterf nextafterl nexttoward nexttowardf nexttowardl
    open pause perror pipe pow printf putc putchar puts putwc putwchar qsort quick_exit raise
    rand random read realloc remainder remainderf remainderl remove remquo remquof remquol
    rename rewind rindex rint rintf rintl round roundf roundl scalbln scalblnf scalblnl scalbn
    scalbnf scalbnl scanf select setbuf setjmp setlocale setvbuf signal signbit sin sinh sleep
    snprintf sprintf sqrt srand sscanf stat stpcpy strcat strchr strcmp strcoll strcpy strcspn
    strdup strerror strftime strlen strncat strncmp strncpy strpbrk strrchr strspn strstr
    strtod strtof strtoimax strtok strtol strtold strtoll strtoul strtoull strtoumax strxfrm
    swab swprintf swscanf system tan tanh tgamma tgammaf tgammal time timespec_get tmpfile
    tmpnam tolower toupper towctrans towlower towupper trunc truncf truncl ungetc ungetwc
    unlink vfprintf vfscanf vfwprintf vfwscanf vprintf vscanf vsnprintf vsprintf vsscanf
    vswprintf vswscanf vwprintf vwscanf wait wcrtomb wcscat wcschr wcscmp wcscoll wcscpy
    wcscspn wcsftime wcslen wcsncat wcsncmp wcsncpy wcspbrk wcsrchr wcsrtombs wcsspn wcsstr
    wcstod wcstof wcstoimax wcstok wcstol wcstold wcstoll wcstombs wcstoul wcstoull wcstoumax
    wcsxfrm wctob wctomb wctrans wctype wmemchr wmemcmp wmemcpy wmemmove wmemset wprintf write
    wscanf y0 y1 yn
"""
# Everything in namespace std that can be called and that C does not have.
_CPP_FUNCTIONS = """
    accumulate addressof adjacent_difference adjacent_find advance align all_of allocate_shared
    any any_cast any_of apply arg as_const assoc_laguerre assoc_laguerref assoc_laguerrel
    assoc_legendre assoc_legendref assoc_legendrel async atomic_compare_exchange_strong
    atomic_compare_exchange_strong_explicit atomic_compare_exchange_weak
    atomic_compare_exchange_weak_explicit atomic_exchange atomic_exchange_explicit
    atomic_fetch_add atomic_fetch_add_explicit atomic_fetch_and atomic_fetch_and_explicit
    atomic_fetch_or atomic_fetch_or_explicit atomic_fetch_sub atomic_fetch_sub_explicit
    atomic_fetch_xor atomic_fetch_xor_explicit atomic_flag_clear atomic_flag_clear_explicit
    atomic_flag_test_and_set atomic_flag_test_and_set_explicit atomic_init atomic_is_lock_free
    atomic_load atomic_load_explicit atomic_signal_fence atomic_store atomic_store_explicit
    atomic_thread_fence back back_inserter begin beta betaf betal binary_search bind bind1st
    bind2nd bitset boolalpha c8rtomb call_once cbegin cend clamp comp_ellint_1 comp_ellint_1f
    comp_ellint_1l comp_ellint_2 comp_ellint_2f comp_ellint_2l comp_ellint_3 comp_ellint_3f
    comp_ellint_3l const_pointer_cast copy copy_backward copy_if copy_n count count_if crbegin
    cref crend current_exception cyl_bessel_i cyl_bessel_if cyl_bessel_il cyl_bessel_j
    cyl_bessel_jf cyl_bessel_jl cyl_bessel_k cyl_bessel_kf cyl_bessel_kl cyl_neumann
    cyl_neumannf cyl_neumannl data dec declare_no_pointers declare_reachable declval
    defaultfloat destroy destroy_at destroy_n distance dynamic_pointer_cast ellint_1 ellint_1f
    ellint_1l ellint_2 ellint_2f ellint_2l ellint_3 ellint_3f ellint_3l empty end endl ends
    equal equal_range erase exchange exclusive_scan expint expintf expintl fill fill_n find
    find_end find_first_of find_if find_if_not fixed flush for_each for_each_n forward
    forward_as_tuple from_chars front front_inserter future_category future_errc gcd generate
    generate_canonical generate_n generic_category get get_deleter get_if get_money
    get_new_handler get_temporary_buffer get_terminate get_time get_unexpected has_facet hash
    hermite hermitef hermitel hex hexfloat holds_alternative imag includes inclusive_scan
    inner_product inplace_merge inserter internal invoke iostream_category iota is_heap
    is_heap_until is_partitioned is_permutation is_sorted is_sorted_until iter_swap
    kill_dependency laguerre laguerref laguerrel launch launder lcm lconv left legendre
    legendref legendrel less lexicographical_compare lock lower_bound make_any make_error_code
    make_error_condition make_exception_ptr make_from_tuple make_heap make_move_iterator
    make_optional make_pair make_reverse_iterator make_shared make_tuple make_unique map max
    max_element mbrtoc8 mem_fn mem_fun mem_fun_ref merge midpoint min min_element minmax
    minmax_element mismatch move move_backward move_if_noexcept next next_permutation
    noboolalpha none_of norm noshowbase noshowpoint noshowpos noskipws not1 not2 not_fn
    notify_all_at_thread_exit nounitbuf nouppercase nth_element oct partial_sort
    partial_sort_copy partial_sum partition partition_copy partition_point plus polar pop_heap
    prev prev_permutation print proj ptr_fun push_heap put_money put_time quoted random_shuffle
    rbegin real reduce ref regex_match regex_replace regex_search reinterpret_pointer_cast
    remove_copy remove_copy_if remove_if rend replace replace_copy replace_copy_if replace_if
    resetiosflags rethrow_exception rethrow_if_nested return_temporary_buffer reverse
    reverse_copy riemann_zeta riemann_zetaf riemann_zetal right rotate rotate_copy sample
    scientific search search_n set_difference set_intersection set_new_handler
    set_symmetric_difference set_terminate set_unexpected set_union setbase setfill setiosflags
    setprecision setw showbase showpoint showpos shuffle size skipws sort sort_heap sph_bessel
    sph_besself sph_bessell sph_legendre sph_legendref sph_legendrel sph_neumann sph_neumannf
    sph_neumannl stable_partition stable_sort static_pointer_cast stod stof stoi stol stold
    stoll stoul stoull swap swap_ranges system_category terminate throw_with_nested tie
    to_chars to_integer to_string to_wstring transform transform_exclusive_scan
    transform_inclusive_scan transform_reduce try_lock tuple_cat uncaught_exception
    uncaught_exceptions undeclare_no_pointers undeclare_reachable unexpected uninitialized_copy
    uninitialized_copy_n uninitialized_default_construct uninitialized_default_construct_n
    uninitialized_fill uninitialized_fill_n uninitialized_move uninitialized_move_n
    uninitialized_value_construct uninitialized_value_construct_n unique unique_copy unitbuf
    upper_bound uppercase use_facet visit ws
"""
_MACROS = frozenset({"getc", "putc", "getwc", "putwc", "setjmp", "sigsetjmp"})
_C_LIBRARY = frozenset(_C_FUNCTIONS.split())
_CPP_LIBRARY = frozenset(_CPP_FUNCTIONS.split())


def is_library_function(name: str, *, cpp: bool) -> bool:
    """Whether the standard library has a function of that name.

    Its own calls of it, a compiler's knowledge of it and (in C++) overload resolution then
    depend on the name of a program's function.
    """
    return name in _C_LIBRARY or (cpp and name in _CPP_LIBRARY)


def is_library_macro(name: str) -> bool:
    """Whether a name of the library may be a macro that evaluates an argument more than once."""
    return name in _MACROS
