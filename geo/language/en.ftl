# What the program says in English. docs/architecture.md says how a message is added, and how a language is.

## Counts, dates and lists

incidents = { $count ->
    [one] { $count } incident
   *[other] { $count } incidents
}

months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
leads = { $count ->
    [one] { $count } lead
   *[other] { $count } leads
}

more-denials = { $count ->
    [one] { $count } more denial
   *[other] { $count } more denials
}
days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
sources = { $count ->
    [one] { $count } source
   *[other] { $count } sources
}
claims = { $count ->
    [one] { $count } claim
   *[other] { $count } claims
}
figures = { $count ->
    [one] { $count } figure
   *[other] { $count } figures
}

bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}
rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
dates = { $count ->
    [one] { $count } date
   *[other] { $count } dates
}
columns = { $count ->
    [one] { $count } column
   *[other] { $count } columns
}

number = { $number }
percent = { $percent } %
range = { $low }–{ $high }
range-or-more = { $range } or more
list-comma = ,{" "}
list-semicolon = ;{" "}
list-and = { $first } and { $last }
list-or = { $first } or { $last }

date-day = { $day } { $month } { $year }
date-days = { $first_day }–{ $day } { $month } { $year }
date-days_of_months = { $first_day } { $first_month } – { $day } { $month } { $year }
date-days_of_years = { $first_day } { $first_month } { $first_year } – { $day } { $month } { $year }
date-month = { $month } { $year }
date-months = { $first_month }–{ $month } { $year }
date-months_of_years = { $first_month } { $first_year } – { $month } { $year }
date-year = { $year }
until-day = up to { $until }
date-short_month = { $short_month }
date-short_day = { $day } { $short_month }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
short-month-1 = Jan
short-month-2 = Feb
short-month-3 = Mar
short-month-4 = Apr
short-month-5 = May
short-month-6 = Jun
short-month-7 = Jul
short-month-8 = Aug
short-month-9 = Sep
short-month-10 = Oct
short-month-11 = Nov
short-month-12 = Dec

when-no-end = no end on record
when-from = from { $day }, { $no_end }
when-about = about { $day }
when-within = within { $days }
when-day-not-known = { $month }, day not known
when-month-not-known = { $year }, month not known

## Kinds of incidents

# Alone, several without a number, several with one, what it means, and over a column of numbers
category-crossing = crossing
category-crossing-many = crossings
category-crossing-count = { $count ->
    [one] { $count } crossing
   *[other] { $count } crossings
}
category-crossing-meaning = people cross, or a crossing point changes hands, closes or opens
category-crossing-head = Crossings
category-strike = strike
category-strike-many = strikes
category-strike-count = { $count ->
    [one] { $count } strike
   *[other] { $count } strikes
}
category-strike-meaning = a weapon reaches the other side, and those who use it do not
category-strike-head = Strikes
category-clash = clash
category-clash-many = clashes
category-clash-count = { $count ->
    [one] { $count } clash
   *[other] { $count } clashes
}
category-clash-meaning = forces or armed men meet
category-clash-head = Clashes
category-other = other
category-other-many = other incidents
category-other-count = { $count ->
    [one] { $count } other
   *[other] { $count } others
}
category-other-meaning = anything else in imported datasets
category-other-head = Other
# Alone, and several
subtype-troop_flight = troop flight
subtype-troop_flight-many = troop flights
subtype-refugee_crossing = refugee crossing
subtype-refugee_crossing-many = refugee crossings
subtype-mass_return = mass return
subtype-mass_return-many = mass returns
subtype-crossing_captured = crossing captured
subtype-crossing_captured-many = crossings captured
subtype-crossing_contested = crossing contested
subtype-crossing_contested-many = crossings contested
subtype-crossing_closed = crossing closed
subtype-crossing_closed-many = crossings closed
subtype-crossing_restricted = crossing restricted
subtype-crossing_restricted-many = crossings restricted
subtype-crossing_reopened = crossing reopened
subtype-crossing_reopened-many = crossings reopened
subtype-air_strike = air strike
subtype-air_strike-many = air strikes
subtype-drone_strike = drone strike
subtype-drone_strike-many = drone strikes
subtype-artillery = artillery
subtype-artillery-many = artillery fire
subtype-rocket_fire = rocket fire
subtype-rocket_fire-many = rocket fire
subtype-border_clash = border clash
subtype-border_clash-many = border clashes
subtype-border_shooting = border shooting
subtype-border_shooting-many = border shootings
subtype-militant_attack = militant attack
subtype-militant_attack-many = militant attacks
subtype-raid = raid
subtype-raid-many = raids
subtype-infiltration = infiltration
subtype-infiltration-many = infiltrations
subtype-air_or_drone_strike = air or drone strike
subtype-air_or_drone_strike-many = air or drone strikes
subtype-shelling_or_missile = shelling or missile
subtype-shelling_or_missile-many = shelling or missiles
subtype-armed_clash = armed clash
subtype-armed_clash-many = armed clashes
subtype-territory_change = territory change
subtype-territory_change-many = changes of territory
subtype-unspecified_crossing = unspecified crossing
subtype-unspecified_crossing-many = unspecified crossings
subtype-unspecified_strike = unspecified strike
subtype-unspecified_strike-many = unspecified strikes
subtype-unspecified_clash = unspecified clash
subtype-unspecified_clash-many = unspecified clashes
subtype-explosion = explosion
subtype-explosion-many = explosions
subtype-violence_against_civilians = violence against civilians
subtype-violence_against_civilians-many = violence against civilians
subtype-protest = protest
subtype-protest-many = protests
subtype-riot = riot
subtype-riot-many = riots
subtype-strategic_development = strategic development
subtype-strategic_development-many = strategic developments
subtype-unclassified = unclassified
subtype-unclassified-many = unclassified incidents

## How far an incident is accepted, how well its place and day are known

status-confirmed = confirmed
status-confirmed-meaning = both sides, or one side and independent claimants, accept the core of it; or, where neither side speaks, independent claimants in several news outlets do; who was hit or how many may still be contested
status-disputed = disputed
status-disputed-meaning = a party disputes that it happened or who did it, or gives a toll that cannot be true together with another’s
status-reported = reported
status-reported-meaning = reported by one side only, or by one news outlet only
status-lead = lead
status-lead-meaning = found in the news by a machine, not yet read by anyone; in no count or total
# In a list, and after “place”
location-precision-exact = exact
location-precision-exact-meaning = known exactly
location-precision-near = approximate
location-precision-near-meaning = known to within a few kilometres
location-precision-district = district
location-precision-district-meaning = known only to the district
location-precision-province = province
location-precision-province-meaning = known only to the province
location-precision-border_segment = border segment
location-precision-border_segment-meaning = known only to a stretch of the border
location-precision-country = country
location-precision-country-meaning = not stated
# In a list, what it means, and after “time known”
date-precision-day = day
date-precision-day-meaning = day known
date-precision-day-known = to the day
date-precision-week = week
date-precision-week-meaning = week known, day not
date-precision-week-known = to the week only
date-precision-month = month
date-precision-month-meaning = month known, day not
date-precision-month-known = to the month only
date-precision-year = year
date-precision-year-meaning = year known, month not
date-precision-year-known = to the year only
confidence-high = high
confidence-medium = medium
confidence-low = low

## Countries and border lines

country-AF = Afghanistan
country-PK = Pakistan
country-TJ = Tajikistan
country-CN = China
border-durand_line = Durand Line
border-afghan_tajik_border = Afghan–Tajik border
countries-apart = { $first }–{ $second }

## Who says what of what

stance-asserts = asserts
stance-denies = denies
stance-acknowledges = acknowledges
stance-unconfirmed = unconfirmed
about-event = event
about-attribution = attribution
about-killed = killed
about-injured = injured
about-crossed = crossed
about-captured = captured
about-destroyed = destroyed
about-abandoned = abandoned
claimant-kind-government = government
claimant-kind-local_official = local official
claimant-kind-military = military
claimant-kind-armed_group = armed group
claimant-kind-medical = medical
claimant-kind-media = media
claimant-kind-ngo = NGO
claimant-kind-resident = resident
claimant-kind-un = UN
claimant-kind-foreign_government = foreign government
# As a card has it, and in a list
source-kind-outlet = news outlet
source-kind-outlet-listed = news outlet
source-kind-agency = agency
source-kind-agency-listed = news agency
source-kind-official = official
source-kind-official-listed = official
source-kind-aggregator_or_mirror = aggregator or mirror
source-kind-aggregator_or_mirror-listed = aggregator or mirror
source-kind-seed = report the record began from
source-kind-seed-listed = report the record began from
# Whose loss a figure is about
loss-pakistani_forces = Pakistani forces
loss-afghan_forces = Afghan forces
loss-taliban_fighters = Taliban fighters before August 2021
loss-tajik_forces = Tajik forces
loss-pakistani_others = Pakistani people outside the state forces
loss-afghan_others = Afghan people outside the state forces
loss-others = people outside the state forces
loss-part_of_others = some of the people outside the state forces
loss-pakistani_side = everybody on the Pakistani side
loss-afghan_side = everybody on the Afghan side
loss-everybody = everybody, all sides together
loss-not-stated = not stated
loss-number = number

## Provinces: the map

provinces-lock-help = Classes are based on the values of every single year, whichever years are selected, so maps of two years can be compared. The other filters still apply.
provinces-map-shows = Map shows
provinces-classes = Classes
provinces-limits-by = Limits by
provinces-how-many-classes = Number of classes
provinces-lock = Same classes every year
provinces-own-limits = Highest value of each class but the last
provinces-limits-fault = { $error }. Until then: { $scheme }.
provinces-map-label = Map of provinces. { $measure }
provinces-counted = { $counted } of { $all ->
    [one] { $all } incident
   *[other] { $all } incidents
} are counted in provinces.
provinces-not-on-map = Not on this map: { $unknown } with no known province, { $filtered_out } filtered out.
provinces-raw-count = On a map of raw counts, large provinces stand out because of their size; a rate per 10,000 km² avoids this.
provinces-border-count = All of a province’s incidents, near the border or not, are divided by its length of the two borders.
provinces-several-note = { $sentence } They count in each of these that is selected; their tolls shade none.
provinces-mixed-note = Counts, shares and densities cover all datasets together. { $differences }
provinces-rule-note = { $measure }, { $rule }, for incidents in each province alone. { $rule_sentence }
provinces-beside-note = Figures for people come from the record’s claims; those of imported datasets are in the table, never added up.
provinces-lock-single = Classes are based on single years and do not change with the year.
provinces-lock-many = Classes are based on single years and do not change with the year; choose one year to compare it with others.
provinces-limit-note = A province on a class limit belongs to the lower class.

## Provinces: tables

column-killed = Killed
column-injured = Injured
column-crossed = Crossed
column-incidents = Incidents
column-cluster-claims = Claimed for whole event clusters
column-crossed-flows = Crossed, single figures
column-killed-ratio = Killed, highest over lowest
provinces-trend-by-quarter = Incidents by quarter, { $span }
provinces-all = All provinces
column-trend = Trend
provinces-table-label = Incidents by province, most first
provinces-table-rule = Killed, injured, crossed: { $rule }, for incidents in the province alone; claims for a whole event cluster have their own column.
provinces-no-figure = “No figure” is not 0: no claim that counts gives one.
provinces-open-profile = open its profile
column-province = Province
column-country = Country
column-in-several = In several
column-disputed = Disputed
column-disputed-share = Disputed share
column-per-10000-km2 = Per 10,000 km²
column-border-km = Border km
column-per-100-km-border = Per 100 km of border
column-first = First
column-last = Last
provinces-in-several-help = Of these, incidents also in other provinces; their tolls are in the last row
provinces-ratio-help = Of all claims, regardless of the rule; empty where the lowest is 0
provinces-cluster-claims-help = Not in any figure in the row unless it says so
provinces-flows-help = During closures and returns; never added up
provinces-border-help = Along { $borders }
provinces-per-border-help = All its incidents, near the border or not
provinces-first-help = The incident that began first
provinces-last-help = The incident that began last
provinces-by-year = Province by year
provinces-by-category = Province by category
provinces-year-by-category = Year by category, with deaths
column-year = Year
provinces-cross-tables = By year and by category
provinces-table = Table
provinces-cross-label = Incidents, { $layout }
provinces-adding-up = The last row and column are totals.
provinces-adding-up-once = The last row and column are totals; { $several ->
    [one] { $several } incident in several provinces counts
   *[other] { $several } incidents in several provinces count
} in the row of each and in “{ $no_province }”, but only once in the last row.
provinces-years = Incidents by the year they began.
provinces-years-people = Killed, injured, crossed: { $rule }. { $sentence }
downloads = Downloads
provinces-csv = Provinces as CSV
download-workbook = All tables as Excel
provinces-files-note = Every file states which incidents were selected, the rule behind the tolls, and the data used.
provinces-open = Open a profile
provinces-unknown = There is no province with the code “{ $code }”; choose one on the map, here or in the table.
pivot-all = All

## Provinces: the profile

provinces-apart = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} with no known province.
profile-none = No incidents in the selection
profile-share = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}, { $percent } % of the { $chosen } selected
profile-nothing-recorded = No incidents are recorded in { $province }. That does not prove that there were none.
profile-known-coarsely = Incidents are recorded here, but none with the precision the filter asks for.
profile-remove-filter = Remove a filter to see more.
profile-change-filter = Change or reset the filter.
profile-filters-leave-none = { $recorded ->
    [one] { $recorded } incident
   *[other] { $recorded } incidents
} recorded in { $province }; none matches the filters. { $advice }
profile-per-10000-km2 = per 10,000 km²
profile-per-100-km-border = per 100 km of border
profile-in-others = also in other provinces
profile-no-border = It does not touch { $borders }.
profile-where-and-when = { $province }: where and when
profile-map-label = Map of { $province } with its selected incidents
profile-incidents-by = Incidents by
profile-no-incident = No selected incidents in { $province }.
profile-chart-note = Stacked by category. The axis spans all selected incidents, so provinces can be compared.
column-period = Period
column-category = Category

## The head of a page

header-common-period = Choose the common period
header-common-period-help = Sets Since and Until to { $span }, so every dataset is counted for the same months
header-common-provinces-help = Leaves out provinces where a dataset has no incidents at all, and incidents not in a single province
header-count-md = **{ $chosen } of { $all ->
    [one] { $all } incident
   *[other] { $all } incidents
}** · { $selection }
header-about = About the record
header-show-it = Show only this one
header-show-them = Show only these
header-faults = { $count ->
    [one] { $count } fault
   *[other] { $count } faults
} in the incident store; faulty entries are left out
header-repair = Repair the incident file and reload this page; the command `python -m geo validate` lists the same faults.
header-held-md = This is the last valid record: its files have been invalid since { $time } on { $day }. { $fault }{ $others ->
    [0] .
    [one] , and { $others } more fault.
   *[other] , and { $others } more faults.
} Repair them and open any page; the command `python -m geo validate` lists every fault.
header-store-unreadable = No incident in the incident store can be read. The faults are listed above.
header-store-empty = The record is empty. Add an incident, and it appears here.
header-until-before-since = No incidents match: Until is before Since. Change one of them, or reset the filters.
header-change-filter = No incidents match. Change the filter, or reset it.
header-remove-filter = No incidents match. Remove one of the filters, or reset them all.
header-record-left-out = This page is about the record, which the selection leaves out.
header-only-imported = Only imported incidents match. Remove one of the filters, or reset them all.
header-reset = Reset all filters
header-without = Without “{ $filter }”: { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}
header-with-record = Also select the record
header-see-imported = See imported incidents on the map
header-imported-left-out = { $record ->
    [0] The selection has
   *[other] The selection also has
} { $imported ->
    [one] { $imported } imported incident, which is
   *[other] { $imported } imported incidents, which are
} not on this page: it covers the record’s claims and sources; imported data is one publisher’s word.
header-common-provinces = Choose the { $provinces ->
    [one] { $provinces } common province
   *[other] { $provinces } common provinces
}
header-common-both = Choose it and the { $provinces ->
    [one] { $provinces } common province
   *[other] { $provinces } common provinces
}

## Provinces: the profile, more
profile-border = Border: { $parts }.
profile-border-part = { $km } km of the { $line }
profile-chart-label = Incidents by { $period }, { $first } to { $last }, by category; the peak is { $most ->
    [one] { $most } incident
   *[other] { $most } incidents
} in { $peak }.
profile-disputed = disputed
profile-disputed-count = { $count } ({ $percent } %)
profile-first = first
profile-last = last
provinces-tolls-help = { $rule }, for incidents in the province alone; claims for a whole event cluster have their own column

## The incident card

scope-whole-cluster = whole cluster
scope-in-no-total = in no total
card-accounts-differ = The accounts differ, but nobody explicitly denies another’s and no two give different figures for the same people. The card lists them under “Who says what”.
card-one-of = This incident is one of its { $size }; the figure covers them all.
card-who-did-it = who did it
scope-whole-event-cluster = whole event cluster

## Denials

scope-one-incident = one incident
denial-that-it-happened = that it happened as claimed
denial-for-cluster = { $matter }, whole event cluster
denial-without-opposite = {" "}For { $denials } of them, nobody on record says the opposite.
denial-counts = { $denials ->
    [one] { $denials } denial
   *[other] { $denials } denials
}, in { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} of this selection.{ $without }

## Downloads

download-format = Format
download-make = Prepare download
download-made = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}: the file is prepared on the server, then offered here.
download-excel = { $made } Excel takes the longest: minutes for a million.
cancel = Cancel
download-waiting = { $place ->
    [one] Waiting for another file on this server to finish; this one is next
   *[other] Waiting for other files on this server to finish; this one is number { $place } in the queue
}
download-finishing = { $total ->
    [one] { $total } incident
   *[other] { $total } incidents
} written; finishing the file, { $seconds } s
download-written = { $written } of { $total ->
    [one] { $total } incident
   *[other] { $total } incidents
} written, { $seconds } s
download-save = Save { $format }: { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}, { $mb } MB
download-too-many = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} are too many for one browser download (at most { $most }). Choose fewer, or write the file where the map runs, in any format but KML:
download-csv-help = One row per incident, for Excel, LibreOffice and scripts; for QGIS, use the GeoPackage, or the zip from the command line, which includes column types
download-notes = Notes on the CSV
download-notes-help = What the selection leaves out, its rule, licence, citation, versions and the meaning of each column, as JSON (CSVW)
download-zipped = { $format }, zipped
files = Files
download-geojson-help = The full record with every claim, and the manifest
download-gpkg-help = Styled layers, claims, sources, provinces, borders and the manifest, zipped with a QGIS project that looks like this map
download-xlsx-help = Sheets for incidents, claims, sources, the meaning of columns, and the manifest
download-no-address = The CSV’s citation has no address: { $fault }.

file-too-large = The file cannot be written: it would be larger than { $most } GB. Choose fewer incidents, or make it with the command `export`.
file-no-memory = The file cannot be written: there is not enough memory on the server. Choose fewer incidents, or CSV.
file-process-ended = its process ended with { $code }
file-failed = The file cannot be written: { $reason }.
file-changed = The incidents have changed since this page was drawn. Reload it, and prepare the download again.

## Tables

table-how-to-choose = Click a row to { $end }; on the keyboard, arrows move between rows, and Enter or Space chooses.
table-how-to-sort = Click a column header to sort.
sort-newest = latest first
sort-oldest = earliest first
sort-deadliest = most killed first
table-label = The selected incidents, latest first
table-order = Order
table-page-of = Page, of { $pages }
table-rows = Incidents { $first }–{ $last } of { $total }
table-page-label = Page { $page } of the selected incidents, { $order }
table-open-card = open its card
column-when = When
column-incident = Incident
column-status = Status
rule-of-incident = { $rule }; for the incident itself. Sorts by the highest figure
table-border-help = To the nearer of the two borders
table-about-killed = Killed: { $rule }, in the incident itself; claims for a whole event cluster are on its card.
column-dataset = Dataset
column-subtype = Subtype
column-place = Place
column-known-to = Location precision
column-claims = Claims
column-sources = Sources
not-known = not known
link-open = open
record-beside = record

## The frame and the pages' names

frame-filters-set = Filters · { $count } set
frame-filters = Filters
frame-pages = Pages

resources-unreadable = Imported incidents cannot be read: { $fault }. Reload the page to try again.
resources-imported-datasets = imported datasets
resources-file-unreadable = cannot be read: { $why }
resources-folder-unreadable = the folder of imported datasets cannot be read: { $why }; the record is shown without them
no-record = There is no record to show
no-record-repair-md = The file { $file } and the two registers beside it hold the record. Repair the faults named above, or restore a valid version from a backup or with `git checkout -- data`; then reload this page. To list every fault, run
no-record-viewer = Whoever runs this server has to repair the record. Then reload this page.
resources-reading = Reading the incidents and joining them to provinces …

tile-outside = There is no such tile: zooms run from 0 to 22, and at zoom { $zoom } columns and rows from 0 to { $last }
tile-no-group = There is no such group on this tile

download-map = Map as one HTML file
download-map-help = Map, cards, sources and filters in one file that opens in any browser, even offline; takes a few seconds
embed-title = Incident map
embed-copy = Copy HTML to embed
embed-help = HTML that shows this selection’s map, legend and credit in another web page
standalone-no-answer = The server is not responding. Close this and try again.
standalone-full-view = Open the full view
standalone-none = No incidents match. Remove a filter, or open the full view.
standalone-counted = { $incidents } of { $all } incidents
standalone-about = About this map: what it leaves out, rule, boundaries, credit
standalone-search = place, actor, claim, source
standalone-rule = Deaths on the marks: { $rule }. { $sentence }
standalone-credit = Incident map contributors, { $licence }; claims belong to the sources that each card names.
standalone-made = Made on { $day } by version { $version } from data version { $data_version }.

## Who may change what the server keeps, and who is answered

role-viewer = You can read everything here. Only editors can import, show or hide, remove and restore datasets and decide about duplicates. { $why }
role-given = Whoever runs this server has made it read-only for everybody.
role-elsewhere = Editors are those who open this page on the machine that serves it.
role-log-in = Editors log in.
role-not-listed = You are logged in as { $mail }, who is not an editor; whoever runs this server can add you.
role-log-in-button = Log in
role-log-out-button = Log out
role-refused = Nothing was changed: only editors can do that.
role-unknown = { $variable } is { $value }; set it to { $viewer } or { $editor }, or leave it unset.
role-secrets-unreadable = { $file } is not valid TOML, so it is not clear who may change datasets: repair or remove it.
role-no-authlib = The secrets have a section [auth], but logging in needs the package Authlib: pip install -r requirements-login.txt
server-host-refused = This server does not go by the name in the address. Whoever runs it can add that to server.allowedHosts.
server-not-here = There is nothing here.
server-upload-refused = Only editors can upload files.
server-failed = The server could not answer because of a fault in this program; its log has the details.
server-full-title = Too many viewers
server-full = { $viewers ->
    [one] { $viewers } viewer is here already
   *[other] { $viewers } viewers are here already
}; try again in a minute.

server-ready = { $incidents } incidents are ready after { $seconds } s.

program-name = Incident map
page-map = Map
page-timeline = Timeline
page-provinces = Provinces
page-figure = Figure
section-evidence = Evidence
page-who-says-what = Who says what
page-event-clusters = Event clusters
page-quality = Data quality
page-changes = Changes
section-data = Data
page-datasets = Your data
page-about = About

## About the record

about-what = Crossings, strikes and clashes on Afghanistan’s borders with Pakistan and Tajikistan, from { $first_day } to { $last_day }, for analysts, journalists and researchers who must be able to say where a number comes from. The record holds { $sizes }. It was coded from excerpts of stored public news reports, most of them in English.
about-no-count = It is not a count of everything that happened, and it is not a casualty database: every number in it is somebody’s claim.
about-researched = What was researched, and what was not
about-covers = Researched: { $first_day } to { $last_day }, last edited on { $worked_on }. Nothing after { $last_day } was researched, so later days without incidents mean nothing.
about-not-border = Not in the record: anything not tied to one of the two borders, such as bombings and operations inside a country.
about-not-closures = Not in the record: crossings closed for reasons other than fighting, danger or a dispute about the crossing.
about-not-background = Not in the record: districts held, estimates of fighters, annual tolls.
about-not-excluded = Considered and left out: { $incidents ->
    [one] { $incidents } incident; the page “Data quality” names it with the reason.
   *[other] { $incidents } incidents; the page “Data quality” names each with the reason.
}
about-how = How it is made
about-claims = What is said about an incident is stored as claims: who says it, what, how many people, in which source. Rival claims stand side by side. They are never averaged, and no two accounts of the same people are added.
about-rules = Every total of people follows a casualty counting rule, which is named beside it. Choose the rule under the filters:
about-places = A place is drawn no more precisely than it is known: a dot if exact, a dot in a ring if known to within a few kilometres, a badge if only its district or province is known, a band along a stretch of border. Dates work the same way: if only the week or month is known, that is what is shown.
about-imported = Files you import appear beside the record. Their figures are their publisher’s, and are never added to the record’s.
about-words = What the words mean
about-kinds = { $meaning }: { $kinds }
about-keys = Keyboard
about-keys-map = Map: Tab to the map, arrow keys from symbol to symbol, Enter opens it; plus and minus zoom.
about-keys-playback = Playback: space plays and pauses, arrow keys step, Home and End go to the first and last day, Escape ends it.
about-keys-months = Months: Tab to one end of the period, arrow keys move it by a month, Page Up and Page Down by a year, Enter applies it, Escape undoes it.
about-keys-timeline = Timeline: left and right along a lane, up and down to the next one, Enter opens the incident.
about-keys-tables = Tables: arrow keys from cell to cell, Shift and Space in a row’s first column open it.
about-maker = Maker and licence
about-made-by = Made by { $author }; version { $version }, data version { $data_version }. Incidents and claimants are licensed under { $licence }, the boundaries under ODbL 1.0, the program under the MIT licence. To report an error, name the incident and the source that shows it.

title-changes = What changed in the record

title-map = Incidents on the map

title-provinces = Incidents by province

title-timeline = Incidents in time

title-figure = Figure for a report
figure-files = The selected incidents as files

## The map

map-where = on the map
map-introduction = Crossings, strikes and clashes on Afghanistan’s borders with Pakistan and Tajikistan, { $period }: who claims what, coded from published reports.
map-of-many = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}, shown in groups; zoom in to separate them. Up to { $many }, the map shows each one and can play them over time.
map-label = Map of the selected incidents

## The months under the map

months-later = { $later } may have begun later: day not known
months-none = no incidents
months-about-md = **Incidents by month**, stacked by category. Drag across a period to choose it, or move its two ends with the arrow keys; choosing all months removes the filter.
months-pale = {" "}Pale: outside the selected period.
months-record-ends = The record ends on { $last_day }: no later reports were available.
months-label = Incidents by month, { $span }, stacked by category; the peak is { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} in { $peak }.
months-first = First month
months-last = Last month

## The figure

figure-extent-view = What the map shows
figure-extent-selection = The selected incidents
figure-extent-provinces = The selected provinces
figure-extent-borders = Along the borders
figure-extent-all = The three countries
figure-paper = Paper
figure-style = Style
figure-style-colour = Colour
figure-style-grey = Grey
figure-style-high-contrast = High contrast
figure-style-help = Grey and high contrast survive a photocopier
figure-type = Type
figure-type-help = M is slightly larger than print needs; with L, less fits on the map
figure-words = Words around the map
figure-subtitle = Subtitle
figure-caption = Caption
figure-caption-help = Comes before the standard note on how much of the selection the map shows
figure-credited = Credit
figure-credited-help = Who made the figure: the name only; the credit line begins with “Map:”
figure-source = Sources
figure-source-help = Replaces the record as source; the base map’s sources stay
figure-key = Numbered key, up to 12 incidents
figure-outlines = Text as outlines
figure-outlines-help = For Inkscape and other programs that ignore fonts in files; the text can no longer be edited
figure-resolution = Resolution, dots per inch
figure-resolution-help = For PNG only; SVG and PDF scale to any size
figure-legend = Legend
figure-inset = Inset map
column-title = Title
figure-title-help = What the map shows, or what it finds; one or two lines
figure-province = Province: { $name }
figure-extent = Extent
figure-extent-help = Always on the map; more is shown if the paper has room
figure-file = File
figure-file-help = SVG: text stays text; PDF: fonts embedded
figure-smaller-type = Type { $taken } instead of { $asked }, to fit everything in: larger paper, or no key, allows { $asked }.
figure-no-room-for-key =
    The key of { $incidents } incidents does not fit on this paper: choose a larger paper, or select fewer.
figure-drawing = Drawing the figure …
figure-label = Map for print. { $selection }: { $incidents } incidents.
figure-download = Download { $upper }
figure-writing = Writing the figure …

## The timeline

timeline-column-label = { $lane }. { $title }: { $kinds }. Choose this period.
timeline-open-ended = no end on record
column-lane = Lane
column-lasted = Lasted
column-day-known-to = Date precision
timeline-table-label = The incidents of the timeline, lane by lane, oldest first
timeline-lanes-by = Lanes by
timeline-where = in the chart
timeline-columns = Columns: incidents by the { $step } they began; the highest is { $most }. Choose a column to zoom in on its period.
timeline-columns-later = {" "}{ $incidents } may belong to a later column: their day is not known.
timeline-lasted-word = lasted
lanes-category = category
lanes-province = province
# By the day, the week and so on
step-day = day
step-week = week
step-month = month
step-quarter = quarter
step-year = year

## Event clusters

event-figures = Who gives which figure
event-figures-about = Each cell shows one claimant’s figures for one loss, over the selected incidents: its figures for different incidents add up, and fall within its figure for the whole; those marked as in no total never count, because they cover more than these incidents, or a part or a day already within another figure. Cells in one column may be about the same people, so they are never added; the result under each rule is below.
event-rules = What each rule gives
event-disputed = What is disputed, and by whom

event-of-incidents = { $chosen } of { $everything } incidents
event-cluster = Event cluster
event-choose = Choose an event cluster
event-earlier = Earlier cluster
event-later = Later cluster
event-all = All event clusters
event-on-map = On the map page
event-on-map-help = Sets the filter “Event cluster” and opens the map, where every incident has its card
event-unknown = There is no event cluster with the id “{ $id }”; choose one from the list.
event-map-label = Map of the event cluster: { $name }
event-files = The incidents of this event cluster as files
event-reset = { $left_out } Reset the filters to see the whole event cluster.
event-show-whole = Show the whole event cluster
event-filters-leave-none = None of the { $everything ->
    [one] { $everything } incident
   *[other] { $everything } incidents
} in this event cluster matches the filters.
event-split = The filters split this event cluster: { $chosen } of its { $everything } incidents are selected. Everything below is based on these alone; claims for the whole cluster cover the others too and are shown beside the totals.
event-no-source = no source
event-sources = { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
} from { $publishers ->
    [one] { $publishers } publisher
   *[other] { $publishers } publishers
}

## Who says what: panels

gaps-times-over = times over
gaps-people-between = people between
gaps-by = Widest gaps by
gaps-from-none = from none
gaps-times = { $ratio } times
gaps-apart = { $difference ->
    [one] a difference of { $difference } person
   *[other] a difference of { $difference } people
}
gaps-rival-figures = with rival figures
gaps-part-and-whole = with figures for a part and for the whole
gaps-rival-accounts = with rival accounts of who did it
gaps-month-by-month = How far apart the figures for people killed are, month by month
column-month = Month
column-ratio = Highest over lowest
gaps-table-label = People killed by month, and how far apart all claims are
gaps-about = Killed: { $rule }; a claim for a whole event cluster counts only where all its incidents began in the month, and otherwise has its own column. Highest over lowest: of all claims, regardless of the rule; empty where the lowest is 0.{ $later }
gaps-later = {" "}{ $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} may belong to a later month: the day is not known.
example-title = A worked example: { $name }
example-left-out = The filters leave out this event cluster. Reset them to read the example.
example-day-by-day = This event cluster day by day
example-not-added = Why the figures cannot be added
gaps-denied = denied
gaps-way = { $incidents } { $way }

## Who says what: claimants

column-side = Side
column-kind = Kind
claimant-nobody = No claimant of this side and kind makes a claim in the selected incidents.
claimant-table-label = Claimants by number of incidents they speak of, most first
claimant-count = { $shown } of { $all ->
    [one] { $all } claimant
   *[other] { $all } claimants
} in the selection. All columns but Figures count incidents; one that the same claimant asserts and denies counts in both. { $how_to_sort } { $how_to_choose }
column-claimant = Claimant
column-independent = Independent
column-speaks-of = Speaks of
column-contradicted = Contradicted
column-asserts = Asserts
column-acknowledges = Acknowledges
column-denies = Denies
column-unconfirmed = Unconfirmed
column-figures = Figures
claimant-independent-help = Of the parties to the incidents, according to the claimant register
claimant-speaks-help = Incidents with a claim of this claimant
claimant-acknowledges-help = Concedes what another says, or a loss of its own side
claimant-unconfirmed-help = Has not commented, is checking, or passes on what it could not verify
claimant-figures-help = Numbers asserted or acknowledged
claimant-contradicted-help = Incidents in which another claimant contradicts this one
claimant-as-csv = { $table } as CSV
claimant-files-note = Everything the filters select, for every claimant, each figure with its speaker and source.
claimant-contradiction-note = A contradiction is a denial of what another claimant says, two figures for the same people that cannot both be right, or two parties’ accounts of who did it where the incident is disputed. Every figure stands with its speaker and source: two of them are rival accounts of the same people and are never added.
claimants = Claimants
evidence-table-claimants = Claimants
evidence-table-denials = Denials
evidence-table-contradictions = Contradictions
evidence-table-gaps = Gaps
claimant-all = all

## What changed

changes-came = entered the selection
changes-left = left the selection
changes-added-or-removed = added or removed
changes-place-and-day = place and day
changes-claims-and-sources = claims and sources
changes-outside = {" "}{ $outside ->
    [one] { $outside } incident
   *[other] { $outside } incidents
} that differ are outside the filters.
changes-from-to = From { $old }, data version { $old_version }, to { $new }, data version { $new_version }. Tolls: { $rule }. { $rule_sentence }
changes-incidents-added = Incidents added
changes-incidents-removed = Incidents removed
changes-incidents-changed = Incidents changed
changes-claims-added = Claims added
changes-claims-removed = Claims removed
changes-claims-changed = Claims changed
changes-totals = Totals: { $totals }.
changes-no-total = No total of people has changed.
changes-show = Show changes in
changes-selection = Selection
changes-whole-record = Whole record
changes-compare-file = Compare an older file with the record
changes-file-label = An older incidents.geojson; with it, if you have them, its claimants.json and event_groups.json
changes-file-help = The file is read in memory and not saved. Without its registers, those of the record are used.
changes-file-editors = Only editors can compare a file of their own here, since the server holds it in memory. On your own machine, python -m geo diff does the same.
changes-faults = { $faults ->
    [one] { $faults } fault
   *[other] { $faults } faults
} in the file; faulty entries are not compared
changes-more-faults = … and { $faults } more
changes-too-large = { $name } is larger than { $most_mb } MB; this record’s incident files are far smaller. Check that it is the right file.
changes-one-file = Choose one incident file, not { $incidents }; registers are recognised by their names.
changes-unreadable = { $name } cannot be compared: { $failure }.
changes-too-many = it holds { $count } incidents; at most { $most } can be compared here. Use python -m geo diff
changes-log-unreadable = The log of versions cannot be read: { $faults }.
changes-no-version = The log has no version yet, so there is nothing earlier to compare the record with.
changes-none-readable = None of the released versions can be read. Restore the folder of released versions, or compare a file below.
changes-before-first = “{ $old }” is the record as it was before its first release.
changes-left-out = Version { $name } is left out: { $faults }.
changes-as-released = The record has not changed since version { $name } was released on { $day }.
changes-edited = The record has been edited since version { $name } was released on { $day }.
changes-since = Changes since
changes-until = Until
changes-today = today’s record

changes-file = the file
changes-reading = Reading an older version …
changes-comparing = Comparing …
changes-tolls = tolls
changes-status = status
changes-words = words
changes-everything = everything

## Sources

source-kind = Kind of source
column-publisher = Publisher
source-not-on-record = not on record
source-none = No sources of this kind and publisher.
source-table-label = Sources of the selected incidents, those with the most incidents first
source-count = { $shown } of { $all ->
    [one] { $all } source
   *[other] { $all } sources
} of the selected incidents, { $weak } of them weak: aggregators and mirrors, which only repeat others and may vanish. Entries for one publication are merged. { $sorts } { $how_to_choose }
column-published = Published
column-link = Link
source-weak-help = Aggregators and mirrors are weak: they only repeat others
source-incidents-help = Of those selected
source-claims-help = Claims about these incidents that rest on it
source-link-help = Links were not checked again after coding
source-day-unknown = day not on record
source-claims = { $claims ->
    [one] { $claims } claim
   *[other] { $claims } claims
} in { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}
source-a-title = a title
source-a-day = a day
source-an-address = an address
source-an-archived-copy = an archived copy
source-files = These sources as files
source-cite = Cite this view
source-not-citable = This view cannot be cited: { $faults }.
source-save = Save as { $label }
source-cite-note = Names the selection, the casualty counting rule, today as access date, and the versions of program, data and boundaries. With a single number, also name the claimant and cite its source.
source-no-address = {" "}It has no address to open it by: { $no_address }; whoever runs this map can set one.
source-undated = undated
source-of-publisher = { $publisher } ({ $sources })

## Data quality: coverage by month

coverage-as-table = { $chart } As a table.
coverage-all = All { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} are in this chart.
coverage-filtered-out = { $incidents } filtered out
coverage-shown = { $shown } of { $all ->
    [one] { $all } incident
   *[other] { $all } incidents
} in this chart. Not in it: { $left_out }.
coverage-by-month = Coverage by month
coverage-end-md = **Does the record end in { $month }, or is it calm?** { $answer }
coverage-about = The chart covers the { $months ->
    [one] { $months } month
   *[other] { $months } months
} the filters select and says nothing about others. A dot on the axis is a quiet month, in which nothing matching was found ({ $silent }). A low or empty shaded month means nothing: the record is known to be thin there, or nobody has looked. A rise is a rise in what was found, and press attention rises with the fighting.
coverage-months-table = Table of months
coverage-months-label = Incidents by month, and what the number means
coverage-thin = Thin: { $reasons }.
coverage-what-it-means = What it means
coverage-known-gaps = Known gaps
coverage-label = Incidents by month; of { $months ->
    [one] { $months } month
   *[other] { $months } months
}: { $said }. The peak is { $max ->
    [one] { $max } incident
   *[other] { $max } incidents
} in { $peak }.
coverage-border = Border
coverage-more-incidents = More incidents, or more research?
coverage-compare-years = Compare a year with the one before. If incidents rise and each still rests on as many sources, the rise more likely reflects events; if more of them rest on a single source, or one of the years has a known gap, it may reflect what was searched and found. Neither is proof: nobody knows what was missed.
coverage-one-year = {" "}The filters select one year; select more to compare.
coverage-by-province = The same by province
coverage-about-parts = Each incident counts once among the borders, at the nearer line within { $km } km, and once in each of its provinces. Months: how many of the months that the filters select and the record covers have an incident. First report: median days from the first day to the first dated report, where the day is known.
coverage-months = Months
coverage-months-help = Months with an incident, of those covered
coverage-sources-help = Source entries of the incidents
coverage-per-incident = Per incident
coverage-per-incident-help = Source entries of an incident
coverage-outlets = Outlets
coverage-outlets-help = That published them, each counted once
coverage-one-source = On one source
coverage-one-source-help = Share of the incidents that rest on one publication
coverage-first-report = First report
coverage-first-report-help = Days after the incident, median
coverage-thin-column = Thin
coverage-thin-help = Known gaps; the months above give the reasons
coverage-table-label = What was found by { $kind } and year, and in how many sources
coverage-months-of = { $months_found } of { $months }
column-share = Share
coverage-why-not = { $incidents } { $why_not }

## Data quality

quality-days-to-report = Days from event to first report
quality-no-known-day = No selected incident has both a known day and a dated source.
quality-median = The median is { $median ->
    [one] { $median } day
   *[other] { $median } days
}; { $percent } were reported by the next day. A long delay may reflect the place, or which reports were found. { $undated_sources } of { $sources ->
    [one] { $sources } source entry
   *[other] { $sources } source entries
} have no date, so a first report may be earlier than it seems here.
quality-days-label = Incidents by days to the first dated report; the median is { $median }.
quality-undated = without a dated source ({ $undated }) or with an unknown day ({ $day_not_known })
quality-as-point = Place known as a point
quality-as-point-help = Exact or approximate
quality-day-known = Day known
quality-day-known-help = The others to a week or a month
quality-one-side = One side’s claims only
quality-single-source = With a single source
quality-single-source-help = One publication, whoever repeats it
quality-first-report = To the first report
quality-first-report-help = Median, where the day is known and a source is dated
quality-place-and-day = How well place and day are known
quality-points = { $dots } of the selected incidents have a place known exactly or to within a few kilometres and are drawn as points. The others stand for an area: the map shows them as badges, and where the area straddles a border, the side is left open. The day is known for { $known }; for the others the record gives the possible days.
quality-place-known = Location precision
quality-place-label = Incidents by location precision, split by date precision; { $points } of { $chosen } are points.
column-known-to-the = Known to the
quality-time-known = Date precision, to the
quality-how-many-sources = How many sources
quality-single = { $percent } rest on a single source: if it is wrong, so is the record. More sources do not mean more witnesses: several often carry one agency's text.
quality-sources-label = Incidents by number of sources; { $single } have one.
quality-entered-twice = { $shown } A publication entered twice is one source.
quality-which-outlets = Which news outlets
quality-outlets = { $found ->
    [one] { $found } outlet
   *[other] { $found } outlets
} in all. { $incidents } of the incidents have a source from the first one below: what it misses, the record may miss. An agency's text counts for the outlet that carries it.
quality-outlet = Outlet
quality-outlets-label = The { $top } outlets with the most incidents, most first.
quality-outlets-note = Incidents with at least one source from an outlet; an incident counts for each of its outlets, and { $lone } have only one. { $total } incidents are filtered out.
quality-smaller-outlets = {" "}{ $found ->
    [one] { $found } smaller outlet
   *[other] { $found } smaller outlets
} not in the chart.
quality-weak = Weak sources
quality-weak-none = None: no source of these incidents is a mirror or an aggregator.
quality-weak-share = { $weak } of { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
}, { $percent }, are mirrors or aggregators. They repeat what others published, add nothing to its weight, and may vanish.
quality-weak-label = Mirrors and aggregators among the sources of the selected incidents, by publisher
quality-whose-word = Who makes the claims
quality-one-side-note = { $percent } rest on one side’s claims only{ $sides }. Nobody contradicts them there, which is not the same as being right. Sides and independence come from the claimant register; a claim that its speaker leaves unconfirmed does not count here.
quality-who-speaks = Who speaks
quality-speakers-label = Incidents by who speaks about them; { $alone } by one side only.
quality-side-count = { $count } by { $side }
quality-may-be-one = Incidents that may be the same
quality-no-pairs = None: no two of these incidents are close in place and time and similar in kind.
quality-pairs = { $pairs ->
    [one] { $pairs } pair
   *[other] { $pairs } pairs
} of these incidents { $pairs ->
    [one] is
   *[other] are
} close in place and time and similar in kind: two incidents, or one reported twice. The record treats each as an incident of its own; { $together } of the pairs belong to one event cluster.
quality-pairs-note = { $near_words }. Only pairs with both selected: { $table } of { $table_2 ->
    [one] { $table_2 } incident
   *[other] { $table_2 } incidents
} are filtered out. For { $coarse }, the place is known too coarsely to compare.
quality-store = The store as a whole
quality-whatever-filters = Regardless of the filters.
quality-fault-left-out = faulty entries are left out and listed at the top of the page
quality-faults = { $faults ->
    [one] { $faults } fault
   *[other] { $faults } faults
}: { $at_fault }. `python -m geo validate` lists the same.
quality-valid = Valid: every incident, claim, claimant and event cluster passes all checks.
quality-last-incident = Last incident
quality-covered-until = Covered until
quality-last-edited = Last edited
quality-holds = Holds
quality-sizes = { $table ->
    [one] { $table } incident
   *[other] { $table } incidents
}, { $claims ->
    [one] { $claims } claim
   *[other] { $claims } claims
} by { $claimants ->
    [one] { $claimants } claimant
   *[other] { $claimants } claimants
}, { $sources ->
    [one] { $sources } source entry
   *[other] { $sources } source entries
}
quality-data-version = Data version
quality-boundary-version = Boundary version
quality-the-store = The store
quality-store-label = The state of the store
quality-left-out = Considered and left out
quality-left-out-about = { $rows ->
    [one] { $rows } incident
   *[other] { $rows } incidents
} coded and then left out of the record, listed so nobody has to guess whether they were overlooked. The page “About” says what the record does not cover at all.
quality-csv = Incidents as CSV
quality-files-note = One row per incident with its precision, speakers_of, sources and first report; the workbook holds the rest.

## Your data: the datasets

dataset-no-licence = not stated; before you pass on anything made with it, ask whoever made the file, and name the source
datasets = Datasets
datasets-none = No datasets have been imported. Drop a file above, and its incidents appear beside the record on every page; you can switch them off here.
datasets-kept = Kept on this machine, in { $place }, outside the project. A dataset's figures are its publisher's alone: figures of different datasets are never added up.
dataset-show = Show { $dataset }
dataset-show-help = Beside the record, on every page
dataset-remove = Remove { $dataset }
dataset-remove-help = It can be restored within { $days } days
dataset-remove-title = Remove a dataset?
dataset-remove-question-md = Remove **{ $dataset }**, { $rows }, from every page, for everybody? It can be restored within { $days } days.
dataset-remove-it = Remove
dataset-keep-it = Keep
dataset-licence = Licence: { $licence }
dataset-cite-as = Cite as, with the day of access
dataset-version = { $title }, version { $version }
dataset-leads = leads are in no count and no total unless status “lead” is selected
dataset-synthetic = synthetic: made up by a program, no event is real
dataset-killed = { $killed } killed, as the dataset counts
dataset-killed-range = { $best } killed by its best estimates, { $low } by its low and { $high } by its high ones
people-sum = { $people } { $about }, in { $rows ->
    [one] { $rows } row that gives a figure
   *[other] { $rows } rows that give a figure
}
dataset-last-import = Last import: { $file_name }, { $date }: { $file_rows ->
    [one] { $file_rows } row
   *[other] { $file_rows } rows
}, { $accepted } accepted, { $repaired } repaired, { $rejected } rejected
report-as-json = Report as JSON
rejected-as-csv = Rejected rows as CSV
repaired-as-csv = All repairs as CSV
dataset-titled = { $title } ({ $id })
dataset-was-removed = { $dataset } was removed; the first import after { $until } deletes it.
dataset-bring-back = Undo: bring back { $dataset }
datasets-in-storage = These datasets are in object storage, at { $place }, and are read-only here. Whoever has write access changes them at the command line: `python -m geo datasets publish` puts or replaces there what was imported into a folder; `python -m geo datasets --help` says how to switch them on and off.
datasets-none-yet = There are none yet.
datasets-removed = Removed: { $datasets }.
datasets-linked = Some reports are linked as one incident.{" "}
datasets-stored = { $datasets ->
    [one] { $datasets } dataset
   *[other] { $datasets } datasets
}; changes there show after a few seconds. { $links }A dataset's figures are its publisher's alone: figures of different datasets are never added up.
datasets-read = { $links }A dataset's figures are its publisher's alone: figures of different datasets are never added up.
dataset-off = Not shown: it was switched off by whoever put it there.

## Your data: possible duplicates

pairs-same = Are these the same incident?
pairs-same-wait = Are these the same incident? { $count } waiting
pairs-the-record = The record
pairs-days-overlap = days that overlap
pairs-days-between = { $days ->
    [one] { $days } day
   *[other] { $days } days
} between them
pairs-same-category = same category
pairs-another-category = another category
pairs-actors-shared = { $shared_actors } of the actors’ names in common
pairs-no-actors = no actors in common
pairs-measures = { $km } km apart; { $days }; { $category }; { $actors }
pairs-where = Where
pairs-how-known = Location precision
pairs-actors = Actors
pairs-none-named = none named
pairs-deaths = Deaths ({ $rule })
pairs-summary = Summary
pairs-id = Id
pairs-at-most = Greatest distance
pairs-km = { $km } km
pairs-days = Days between
pairs-category = Same category
pairs-shared = Actors in common
pairs-none-close = No two reports are that close.{" "}
pairs-widen = Widen the windows to see more.
pairs-nothing = There is nothing to decide.
pairs-decisions = { $links ->
    [one] { $links } decision
   *[other] { $links } decisions
} in all: { $linked } linked, { $rejected } rejected
pairs-decided = Decided
pairs-decisions-label = Decisions about pairs of reports, latest first
pairs-take-back = Undo this decision
pairs-decisions-kept = { $how_to_choose } Decisions are saved with the datasets.
pairs-verdict = Verdict
pairs-one-report = One report
pairs-other-report = The other
pairs-decision-stands = The decision still stands: { $error }
pairs-title = Possible duplicates
pairs-about = Once a dataset is imported and shown, its reports that may describe the same incident as the record or another dataset appear here side by side, to be linked or rejected.
pairs-look = Look for pairs
pairs-unreadable = The decisions cannot be read: { $error }. Repair or remove the file.
pairs-count-md = **{ $total ->
    [one] { $total } pair
   *[other] { $total } pairs
}** within { $km } km and { $days ->
    [one] { $days } day
   *[other] { $days } days
}: { $linked } linked, { $rejected } rejected, **{ $total_2 } open**
pairs-all-decided = Every pair within these windows is decided.
pairs-undo = Undo
pairs-note = Nothing is deleted. Linked reports count as one incident if “Linked reports” in the filter bar says so.
pairs-link-help = They are the same incident
pairs-reject = Reject
pairs-reject-help = They are two incidents
pairs-later = Later
pairs-looking = Looking for reports that may be the same incident …
pairs-not-kept = The decision was not saved: { $error }
pairs-verdict-linked = linked
pairs-verdict-rejected = rejected

## Your data: an import under way

import-nothing-to-accept = there is nothing to accept
import-folder-fault = it cannot be imported into { $path }: { $reason }
import-cancelling = Cancelling and cleaning up …
import-first-rows = Reading the first rows, { $seconds } s …
import-rows-read = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
} read
import-looking = { $rows } · checking for repeated ids and for changes …
import-left = {" "}· { $time } left
import-about-seconds = about { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}
import-about-minutes = about { $seconds ->
    [one] { $seconds } minute
   *[other] { $seconds } minutes
}

## Your data: which column holds what

field-id = Identifier
field-date-start = Day it began
field-date-end = Day it ended
field-year = Year, in a column of its own
field-month = Month, in a column of its own
field-day = Day, in a column of its own
field-coordinates = Coordinates in one text
field-date-precision = Date precision
field-latitude = Latitude
field-longitude = Longitude
field-location-precision = Location precision
field-uncertainty-km = Radius in km
field-country = Country
field-province = Province
field-district = District
field-place = Place
field-category = Category
field-subtype = Kind of incident
field-title = Title
field-summary = Description
field-actors = Who took part
field-actor-2 = Who else took part
field-killed = Best figure of people killed
field-killed-low = Lowest figure of people killed
field-killed-civilians = Civilians killed
field-killed-soldiers = Soldiers killed
field-killed-police = Police killed
field-killed-fighters = Fighters killed
field-killed-high = Highest figure of people killed
field-injured = People injured
field-injured-low = Lowest figure of people injured
field-injured-high = Highest figure of people injured
field-crossed = People who crossed
field-crossed-low = Lowest figure of people who crossed
field-crossed-high = Highest figure of people who crossed
field-source = Source
field-url = Link
form-columns = Which column holds what
form-confirmed = Mapping that you confirmed for a file with these columns.
form-guessed = Guessed from their names.
form-check = { $whence } Check it: your settings are saved for the next file with the same columns.
form-more-fields = More fields: { $fields }
form-dates = Dates such as { $example } have
form-dates-told = In the first rows, { $day_first ->
    [one] { $day_first } date
   *[other] { $day_first } dates
} can only be day first and { $month_first } only month first: these are read as they must be, the others as you choose.
form-dates-either = No date in the first rows settles it: each could be read either way. Please check.
form-dates-told-one = Inferred from { $dates } among the first rows that fit only one order of day and month.
form-choose-field = Choose the column with the { $field }.
form-choose-place = Choose the columns with latitude and longitude, or the one with the country.
form-first-rows = The first rows of the file, unchanged
kind-acled = ACLED event file
kind-acled-counts = ACLED counts by week or month, not events
kind-ucdp = UCDP GED, a final release
kind-ucdp-candidate = UCDP candidate events
kind-counts = Counts by country and month or year, not events
kind-hapi-counts = HDX HAPI counts by district and month, not events
kind-gdelt = GDELT 2.0 events, as leads
kind-gdelt-1 = GDELT 1.0 events, as leads
kind-gtd = Global Terrorism Database
kind-awsd = Aid Worker Security Database
kind-sigacts = Significant activity reports (SIGACTS)
kind-scad = Social Conflict Analysis Database, of other regions
kind-exported = Export of this map
kind-plain = Plain table
form-separated-comma = commas
form-separated-semicolon = semicolons
form-separated-tab = tabs
form-separated-vertical_bar = vertical bars
form-refused = Not imported, because { $refusal }.
form-fetched = Fetched on
form-fetched-help = When the file was fetched from its publisher: the day of access in the citation
size-kb = { $size } KB
size-mb = { $size } MB
form-more-columns = {" "}and { $header } more
form-no-header = {" "}(the file has no header; these are the documented ones)
form-not-said = the file does not say
form-version = Version
form-written-as = Format
form-text-in = text in { $upper }, values separated by { $between }
form-terms = Terms
form-read-otherwise = Wrong header or garbled names? Change how the file is read
form-header = Line with the column names
form-header-none = No header: name the columns by number
form-header-line = Line { $number }: { $line }
form-encoding = Text encoding
form-read-as = Read it as
form-into = Into the dataset
form-into-help = Choose an existing one to update it, or type the name of a new one
form-new-dataset = Creates a new dataset, { $dataset }.
form-other-kind = { $dataset } holds files of another kind. Type another name.
form-existing = { $dataset } holds { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
} since { $date }: rows with the same id are replaced; rows the file does not cover stay. You see the changes before you accept them.

## Your data: what becomes of the rows

rows-whole-row = the whole row
rows-as-they-stand = accepted unchanged
rows-in-file = rows in the file
rows-rejected = Rejected rows
column-row = Row
column-field = Field
rows-text = Value in the file
rows-why = Why it is rejected
rows-rejected-label = Rejected rows, with field, text and reason
rows-first-named = The first { $shown } of { $rejected }; all are in the CSV.{" "}
rows-repair = { $first }Repair them in the CSV of rejected rows, and drop it here again: they are added to the same dataset.
difference-changed = Changed
difference-gone = Gone from the file
difference-new = New
difference-nothing = The file changes nothing: all its rows are already in the dataset.
difference-matched = { $old } → { $new }, matched by id
difference-same = the same
difference-taken-out = covered by the file but no longer in it; removed
difference-not-covered = not covered by the file
difference-no-title = without a title
rows-were-repaired = repaired
rows-imported = imported
rows-were-rejected = rejected
difference-is-new = new
difference-is-changed = changed
difference-is-gone = gone
difference-is-kept = kept
rows-low = low

## Your data: import a file

import-acled = ACLED event files
import-acled-about = from before and after March 2023, also API responses and map layers
import-ucdp = UCDP GED
import-ucdp-about = yearly releases, and monthly candidate events
import-gdelt = GDELT events, 2.0 and 1.0
import-gdelt-about = as leads: in no count and no total
import-gtd = Global Terrorism Database (GTD)
import-gtd-about = deaths include those of attackers
import-awsd = Aid Worker Security Database (AWSD)
import-awsd-about = deaths of aid workers only
import-sigacts = SIGACTS of the US military, as in the Afghan War Diary
import-sigacts-about = one party’s reports, with deaths by side
import-any-table = Any other table
import-any-table-about = with dates, and places or countries; you say which column holds what
import-checking = Checking { $name }
import-a-file = Import a file
import-done = { $rows } of { $file_name } are in the dataset { $dataset }.
import-see = See them on the map
import-drop = Drop a file here, or choose one: CSV, TSV, XLSX, XLS, ODS, DBF, HTML, JSON, GeoJSON, KML, GPX, GML, GeoPackage, FlatGeobuf or Parquet, also in gz or zip, or a shapefile in a zip file
import-drop-help = Nothing is written until you have seen what happens to every row: accepted, repaired or rejected, and why. Larger than { $most } MB? Import it at the command line: `python -m geo import FILE`.
import-several-tables = { $name } holds several tables; which one, or which ones together?
import-read-tables = { $count ->
    [one] Read this table
   *[other] Read these tables as one
}
import-impossible = { $name } ({ $size }) cannot be imported: { $failure }.
import-another-file = Choose another file
import-check = Check every row
import-check-help = A dry run: shows what happens to every row, and writes nothing
import-columns-not-kept = The column mapping could not be saved: { $error }
import-what-it-does = What the import would do
import-nameable = { $rows ->
    [one] 1 row has no coordinates, but names a known place
   *[other] { $rows } rows have no coordinates, but name known places
}
import-named = { $rows ->
    [one] 1 row was placed by name
   *[other] { $rows } rows were placed by name
}
import-by-name-help = Nothing is placed by name unless you say so. Check what each name would stand for; each such row says that it was placed by name, and how precisely.
import-place-by-name = Place by name
import-without-names = Do not place by name
import-other-tables = Read another table in it
import-own-places = Your own places, looked up first
import-own-places-file = CSV with the columns name, country, longitude, latitude, and optionally other_names and radius_km
column-by-name = Name and what it stands for
import-dry-run = A dry run of { $seconds } s. Nothing is written until you accept it.
import-no-row = None of the file’s rows can be imported. The reasons are below; repair the file, or change how it is read.
import-rows = Import { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
import-nevertheless = Import it anyway
import-accept = Accept the changes
import-back = Back to the file
import-leave = Discard
import-not-accepted = The import was not accepted, and nothing was changed: { $error }
import-checked-anew = { $name } has changed since this review, so nothing was imported. The file is being checked again, against the dataset as it is now.
import-cancelled = Cancelled. Nothing was imported.
import-failed = The file was not imported: { $failure }. Nothing was changed.
import-broke-off = The import stopped because of a fault in this program; nothing was changed. The server's log has the details.
import-look-broke-off = the program that examines it failed; the server's log has the details
pairs-link = Link
## The timeline: what stands beside it

timeline-shown = { $chosen } of { $whole ->
    [one] { $whole } incident
   *[other] { $whole } incidents
} shown. Not on this timeline: { $filtered_out } filtered out. An incident is placed on the day it began; without an end on record, nothing is drawn beyond it.
timeline-several = { $incidents ->
    [one] { $incidents } incident lies in several provinces and appears in the lane of each.
   *[other] { $incidents } incidents lie in several provinces and appear in the lane of each.
}
timeline-label = Timeline of { $total ->
    [one] { $total } incident
   *[other] { $total } incidents
}, { $days }, in { $lanes ->
    [one] { $lanes } lane
   *[other] { $lanes } lanes
}. { $keys } The table below shows the same.
timeline-keys = Arrow keys move along a lane and between lanes, Enter opens.

## Sentences of single pages

overview-in-several = In several provinces, included above
example-told-md = { $summary } **{ $incidents }** of this event cluster are described here.
claimant-see-contradicted = see above whom the claimant contradicts
pairs-choose = choose it
pairs-decided-at = { $day }, { $time } UTC
source-see-incidents = see its incidents
datasets-impossible = Files cannot be imported: { $fault }.
difference-release-before = the previous release
difference-this-file = this file
table-sorts-page = Clicking a column header sorts this page only.
changes-added = added
changes-removed = removed

## Panels: headings and labels

card-link = Copy link to this incident
card-cite = Cite this incident
card-cite-copy = Copy citation
card-close = Close the incident
close = Close
card-not-chosen = Not in the selection, so not on the map.
card-what-is-disputed = What is disputed
card-figures-side-by-side = Figures side by side
card-figures-caption = Whose loss, by whom, how many; the numbers in brackets are the sources below
by-whom = By whom
independent-note = (independent)
card-figures-note = Each figure as this claimant gives it.
card-claim = Claim
card-source = Source
card-near = Close in place and time
card-near-other-days = Close in place on other days, similar in kind
card-near-other-days-note = More than three days from this one, so not the same incident.
card-archived = archived
changes-by-incident = Changes by incident
changes-effect = Effect on the totals
changes-before = before
changes-after = after
rows-changes = Changes row by row
rows-row-by-row = Row by row
difference-what = What the newer file changes
difference-against = Against the previous release
difference-then-holds = the dataset then holds
difference-effect = Effect on the totals of this dataset
difference-change = change
difference-fields = Fields that changed
import-recognised = What is recognised
import-recognised-note = Recognised by its columns, not by its file name
pair-side-by-side = Two reports side by side
pair-of-100 = of 100
pair-scrolls = The reports; scrolls sideways
form-recognised-as = What the file was recognised as
form-unusual = What is unusual about it
rows-what-becomes = What happens to the rows
rows-scrolls = Rows and deaths; scrolls sideways
rows-rows = rows
rows-killed-low = killed: low
rows-best = best
rows-high = high
rows-repaired = Repaired: what was wrong, and what was done
rows-noted = Noted; these rows are kept
rows-rejected-by-field = Rejected, by field
rows-columns = Columns of the file
rows-columns-used = { $count ->
    [one] 1 column is used
   *[other] { $count } columns are used
}
rows-columns-unused = { $count ->
    [one] 1 column is not used, but kept with each row
   *[other] { $count } columns are not used, but kept with each row
}
rows-file-as-a-whole = About the file as a whole
event-cluster-day-by-day = The event cluster day by day
event-day-by-day = Day by day
event-days-note = Listed under the day each incident began or, where only that is known, the week or month. Click one to open its card on the map page.
event-no-contradiction = The claims on record do not contradict each other.
event-none = None of the selected incidents belongs to an event cluster.
event-matrix-scrolls = Claims side by side; scrolls sideways
event-matrix-caption = Claimants by whose loss they speak of
event-no-figure = No claim here gives a figure, or says whose loss it is about.
event-rules-caption = Totals by rule
event-rule = Rule
event-rule-in-force = (the rule in force)
no-figure = no figure
event-part-selected = Only part of this event cluster is selected: claims for the whole of it are in none of these totals.
compare-rules = Compare rules
compare-rules-note = The same incidents counted under each casualty counting rule in turn: rival accounts of the same people, never to be added to one another. “–”: no figure that the rule counts.
overview-label = The selected incidents in numbers
overview-scrolls = Numbers by dataset; scrolls sideways
overview-incidents = incidents
overview-latest = Latest
similar-nothing-differs = No differences in these fields.
flows-never-added = Crossed, single figures, never added up
profile-label = Province profile
profile-close = Close the profile
profile-in-numbers = The province in numbers
profile-in-several = In several provinces, not included above
profile-alone = { $about } here alone
profile-crossing-points = Crossing points
similar-label = Pairs of incidents that may be the same, nearest first
similar-of-one-cluster = In one event cluster
similar-opens = Each incident opens on the map.
weak-label = Incidents that rest on weak sources alone
weak-opens = Each opens on the map.
weak-none = Every selected incident has at least one other source.
ranking-label = Provinces in order
ranking-choose = Choose a province on the map, here or in the table to open its profile.
ranking-none = No province has a value to show.
source-close = Close the source
source-weak-title = Only repeats what others published, and may vanish
source-weak = weak source
source-no-title = Its title is not on record.
source-no-address-on-record = No address on record
source-archived-copy = archived copy
source-no-archived-copy = no archived copy on record
source-no-claim = No claim cites it; it says the same as another source.
sources-counted = Sources counted
sources-missing = The source in the link is not among those shown. The filters, the kind or the publisher exclude it, or the link is old.
sources-choose = Choose a row of the table to see what rests on a source.
sources-by-kind = By kind
sources-not-on-record = Not on record
timeline-hollow = hollow: { $status }
timeline-lasted = lasted, first to last day
unknown-incident = No such incident
denial-denies = denies
denial-own-side = Its own side acknowledges it
denials = Who denies what
denials-about = Latest first: what is denied, then who says the opposite. An incident opens on the map.
gaps = The widest gaps
gaps-panel-about = The lowest and the highest figure for the same people, each with its speaker and under no rule: two accounts, not a range and never a sum.
night-title = Why the figures cannot be added
night-only-different = Only figures for different people add up, one account of each: those of one claimant, or of each side for its own. The result depends on whose claims count; so every total names its rule.
contradiction-against = against
contradictions = Who contradicts whom
contradictions-scrolls = Contradictions by camp; scrolls sideways
contradictions-by-camp = By camp: incidents in which they contradict each other
contradictions-about = Pairs that contradict each other in the most incidents come first. Open a pair to read both; an incident opens on the map.
card-took-part = Took part: { $actors }
card-figures-rule = Figures ({ $rule })
card-highest-over-lowest = highest claim over lowest: { $ratio }
card-rule = Rule: { $rule }. { $rule_sentence }
card-same-cluster = Same event cluster, { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}
card-day-by-day = { $cluster }: day by day
card-farther-off = And { $incidents } further apart in time.
card-source-numbered = Source { $number }, { $publisher }
similar-may-be-one = May or may not be the same: read what differs
similar-other-kinds = Of another kind
cluster-claim-by = by { $by }{ $ends }, for the whole of
cluster-claim-where = ({ $days }; { $places }). { $covers }{ $selected }
changes-further = Incidents { $first }–{ $last } of { $all }
changes-none-of-kind = Nothing listed here for “{ $kind }”. Choose another kind of change.
changes-none = No incident was added, removed or changed.
changes-register = { $register }, register
tolls-rule = Killed, injured and crossed: { $rule }. { $rule_sentence }
killed-rule = Killed: { $rule }. { $rule_sentence }
profile-area = { $km2 } km²
profile-from-dataset = from { $dataset }
profile-crossing-point = place within about { $km } km. { $status }.
profile-latest-incidents = Its latest incidents, latest first; each opens on the map
profile-incidents = Its incidents, latest first; each opens on the map
profile-earlier = And { $incidents } earlier ones: choose this province in the filter bar to page through them on the map page.
rows-and-more = and { $rows } more
difference-killed = killed ({ $end })
pair-score = Score { $score }
rows-example = row { $row }: { $text }
event-count-selected = { $count } in the selection
event-count-disputed = { $incidents } disputed
event-alone = { $incidents ->
    [one] { $incidents } incident in the selection belongs
   *[other] { $incidents } incidents in the selection belong
} to no event cluster.
event-others = { $clusters ->
    [one] { $clusters } event cluster
   *[other] { $clusters } event clusters
} without an incident in the selection
matrix-in-no-total = in no total: { $figure }
and-more = and { $count } more
event-whole-cluster = for the whole cluster: { $toll }
overview-empty = No incidents are selected. Change or reset the filters to see their numbers and claims here.
overview-choose = Choose an incident { $where }, here or in the table to read who claims what.
overview-dash = “–”: no incidents here, or a dataset that has no such figures.
overview-rule = { $tolls }: { $rule }. { $rule_sentence }
similar-apart-nearest = Not in one event cluster, { $pairs }; the nearest { $nearest }, the file below has all
similar-apart = Not in one event cluster, { $pairs }; nearest first
similar-count-nearest = { $pairs }, the nearest { $nearest }
weak-count = { $incidents ->
    [one] { $incidents } incident rests
   *[other] { $incidents } incidents rest
} on weak sources alone
source-open = Open the source
source-of = Source of { $extent }
sources-by-publisher = By publisher, { $publishers } in all
sources-by-publisher-most = By publisher, { $publishers } in all; those with the most
sources-without = without { $what }
timeline-legend-open = no end on record ({ $incidents })
timeline-legend-bounded = some day within, day not known ({ $incidents })
unknown-incident-id = There is no incident with the id “{ $id }”. The link may be old or cut short: choose the incident on the map or in the table.
denial-of-another = Said about another incident:
denial-of-another-outside = Said about another incident, outside this selection:
denial-more-claims = { $claims ->
    [one] { $claims } more claim
   *[other] { $claims } more claims
}
title-of-claimant = { $title }: { $claimant }
listed-first = The first { $shown } of { $all } are listed here. Filters narrow them down; exported files hold all of them.
denials-folded = { $denials }, from { $latest } back to { $earliest }
denials-none = Nobody on record denies anything about the incidents in this selection. Widen the selection in the filter bar.
denials-none-of-claimant = No denial by this claimant, or of what it says, is on record for the selected incidents. Widen the selection in the filter bar, or choose another claimant.
gaps-none-or-one = 0–1
gaps-axis = Number of people, from the lowest figure (hollow) to the highest (full); each mark is ten times the one before
gaps-caption = { $matter }: lowest and highest figure
gaps-more = { $gaps ->
    [one] { $gaps } more gap
   *[other] { $gaps } more gaps
}
gaps-none = No two claimants give different figures for the same people in the selected incidents. Widen the selection in the filter bar.
gaps-none-of-claimant = No two claimants give different figures for the same people in the selected incidents. Widen the selection in the filter bar, or choose another claimant.
night-added-up = Added up, the { $figures } for the dead would make { $sum }: a number that no claim states and no rule gives, because it counts the same people more than once.
night-accounts = { $matter }: { $accounts ->
    [one] { $accounts } account
   *[other] { $accounts } accounts
} of the same people
night-part = { $matter } in one of its incidents: within the figures for the whole, not beside them
contradictions-more = { $pairs ->
    [one] { $pairs } more pair
   *[other] { $pairs } more pairs
}
contradictions-none = No two claimants contradict each other in the selected incidents. Widen the selection in the filter bar.
contradictions-none-of-claimant = No two claimants contradict each other in the selected incidents. Widen the selection in the filter bar, or choose another claimant.

## Tolls: what stands beside them

total-below = no total, see below
cluster-all-sides = { $toll } { $about }, all sides together,
cluster-lowest-by = lowest by { $speaker }
cluster-highest-by = highest by { $speaker }
cluster-ends = {" "}({ $ends })
cluster-note = { $speaker }, “{ $note }”
cluster-notes = According to their notes: { $notes }.{" "}
flow-of-cluster = , for its whole event cluster
flow-in-no-total = , in no total
cluster-claim = { $what } by { $by }{ $ends }, for the whole of “{ $name }” ({ $days }; { $places }). { $covers }{ $selected }
cluster-counted = { $incidents ->
    [one] Its one incident is selected, so it is an account in the total.
   *[other] All { $incidents } of its incidents are selected, so it is an account in the total.
}
cluster-in-other-provinces = { $incidents ->
    [one] Its one incident is selected and lies in other provinces too, so it is in no total.
   *[other] All { $incidents } of its incidents are selected, some lie in other provinces too, so it is in no total.
}
cluster-partly-selected = { $selected } of its { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} { $selected ->
    [one] is selected, so it is in no total.
   *[other] are selected, so it is in no total.
}
flow-claim = { $number } { $whom }: { $place }, { $when }, by { $speaker }{ $scope }{ $note }
flow-note = {" "}({ $note })
toll-account = { $victims } { $toll } by { $by }
toll-differing = { $about }: in { $cases ->
    [one] { $cases } case
   *[other] { $cases } cases
} the accounts name different people, civilians or militants
toll-different-people = The accounts name different people: { $accounts }.
toll-without-figure = { $about }: { $without } of { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} without a figure
names-other-places = { $count } other places
names-others = { $count } others

## Incidents in words

where-precision = Place { $precision }
where-segment = { $words }, about { $km } km of it
deaths-no-figure = no figure for deaths
deaths-killed = { $killed } killed
figure-none = no figure
figure-at-least = at least { $number }
figure-up-to = up to { $number }

## Provinces in sentences

province-none = Several or not known
province-with-others = with other provinces only
province-shared-each = { $incidents } in { $names }
province-together = { $names } together: { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}, { $tolls }
province-lane-none = Province not known

## Denials in sentences

denied-claim = Denied, { $denied }: { $speakers }.
denied-over-longer-time = {" "}over a longer time
denied-in-whole-cluster = {" "}in the whole event cluster
denied-crossed = that { $people } crossed
denied-thing-captured = the capture of { $of }
denied-thing-destroyed = the destruction of { $of }
denied-thing-abandoned = the abandonment of { $of }
denied-any-thing-captured = any capture
denied-any-thing-destroyed = any destruction
denied-any-thing-abandoned = any abandonment
denial-of-media = { $speaker } is a media outlet: name whoever denies it there, or say in the note that it is the outlet’s own statement
denied-who-did-it = what is said about who did it
denied-account = the account of { $of }
denial-own-side-acknowledges = {" "}Its own side acknowledges it: { $speakers }.
denial-contradicts = Contradicts
denial-nobody-of-this-incident = Nobody on record says the opposite about this incident; about another in its event cluster, on the same days:
denial-nobody-but-in-no-total = Nobody on record says the opposite about exactly this. A figure that may cover it, and counts in no total:
denial-no-other-party = No other party on record says the opposite.
denial-nobody = Nobody on record says the opposite.
loss-the-dead = the dead
loss-the-injured = the injured
loss-the-crossing = the crossing
loss-the-capture = the capture
loss-the-destruction = the destruction
loss-the-abandonment = the abandonment
denied-number = { $number } by { $speakers }
answer-opposite = those named in contradicts
answer-beside = nobody about this incident; about another in its event cluster, those named in beside_it
answer-running = nobody about exactly this; a figure that counts in no total may cover it
answer-own_side = no other party; its own side acknowledges it
answer-nobody = nobody on record says the opposite

## Camps

camp-afghan = Afghan
camp-pakistani = Pakistani
camp-tajik = Tajik
camp-others = UN, foreign states, media and others
camp-unknown = Claimants of unknown standing
camp-media = { $country } media and witnesses
camp-officials = { $country } officials and forces
camp-none = none of the parties


## Data quality in words

delay-same-day = same day
delay-1-day = 1 day
delay-2-days = 2 days
delay-3-days = 3 days
delay-4-7-days = 4–7 days
delay-8-30-days = 8–30 days
delay-over-30-days = over 30 days
delay-before = before it began
speakers-several = several sides
speakers-one-and-independent = one side and independent claimants
speakers-independent = independent claimants only
speakers-one = one side only
speakers-unknown = claimants of unknown standing only
speakers-several-words = officials, forces or armed groups of at least two sides speak, agreeing or not
speakers-one-and-independent-words = one side, and at least one claimant independent of the parties
speakers-independent-words = no side, only claimants independent of the parties
speakers-one-words = one side, and nobody else
speakers-unknown-words = only claimants whose side the register does not know

## Incidents near each other

similar-this-one = this one
similar-the-other = the other
similar-the-first = the first
similar-the-second = the second
similar-the-same = The same: { $fields }.
similar-of-cluster = Both are in the event cluster { $cluster }, as two incidents.
similar-of-clusters = They are in different event clusters, { $clusters }.
similar-of-no-cluster = They are not in the same event cluster.
similar-days-apart = { $days ->
    [one] { $days } day
   *[other] { $days } days
} apart
similar-about-apart = about { $span } apart
similar-means = Close in place means that the circles in which the two places lie touch, or that a place known only to its district or province is in the same one; close in time, that at most { $days } days lie between them
similar-known-too-coarsely = Its place is known too coarsely to compare with those of other incidents.
similar-none-near = No other incident on record is close in place and within { $days ->
    [one] { $days } day
   *[other] { $days } days
}.
similar-both = both { $place }
similar-place = Place: { $places }; { $how_near }.
similar-within = within { $radius }
similar-within-both = within { $one } and { $other }
similar-about-km = about { $km } km apart, known to { $within }
similar-known-to = known to { $within }
similar-only-in = { $actors } in { $incident } only
similar-took-part = who took part
similar-who-took-part = Who took part: { $who }.
similar-kind = kind
similar-days = days
similar-place-name = place
similar-differs = { $name }: { $first } { $one }, { $second } { $other }.

## Classes of a map

measure-incidents = Incidents
measure-density = Incidents per 10,000 km²
measure-border = Incidents per 100 km of border
measure-disputed = Share of incidents disputed
measure-deaths-highest = Deaths, upper figure
measure-deaths-lowest = Deaths, lower figure
measure-injured = Injured, upper figure
measure-dispute-ratio = Deaths, highest over lowest claim
measure-crossed = People who crossed, upper figure
scheme-quantiles = Quantiles
scheme-quantiles-words = about as many provinces in each class
scheme-equal = Equal intervals
scheme-equal-words = classes of the same width
scheme-natural = Natural breaks
scheme-natural-words = limits in the gaps between the values (Fisher–Jenks)
scheme-pretty = Round limits
scheme-pretty-words = limits at round numbers, about as many classes as asked for
scheme-deviations = Standard deviations
scheme-deviations-words = limits at whole standard deviations from the mean
scheme-own = Own limits
scheme-own-words = limits that you set
limits-no-list = { $text } is not a list of limits; write increasing numbers, as in 1, 5, 20
limits-not-rising = own limits must be increasing numbers from 0 up, as in 1, 5, 20
limits-too-many = { $limits } limits make { $classes } classes; give at most { $most }
class-or-more = { $low } or more
class-up-to = up to { $high }
classes-told-apart = { $classes } classes cannot be told apart; ask for { $fewest } to { $most }
classes-nothing = There is nothing to classify.
classes-all-zero = Every value is zero.
classes-all-zero-class = Every value is zero, so there is one class.
classes-all-same = All values are the same.
classes-all-same-class = All values are the same, so there is one class.
classes-nearly-same = All values lie within 5 % of the highest, so there is one class.
classes-few-values = Only { $distinct } different values, so each is a class of its own.

## The time that the record covers

coverage-on-record = incidents on record
coverage-quiet = quiet: nothing found
coverage-thin-gaps = thin: gaps are known
coverage-selected = selected in part
coverage-not-researched = not researched
coverage-few = , and low numbers from { $month } on mean that little was found
coverage-record-ends = The record ends on { $last_day } because the research does, not because it was calm: it was last edited on { $worked_on }; no later reports were available{ $few }.
coverage-gaps = Few incidents need not mean calm: { $gaps }.
coverage-gap-before = nothing before { $day } was researched
coverage-gap-after = nothing after { $day } was researched
coverage-gap-thin = research is thin for { $periods }
coverage-gap-where = { $where } ({ $days })
coverage-outside-days = outside the days that the record covers
coverage-off-border = over { $km } km off, or not known
coverage-no-province = province not known

## Places

boundary-note = Boundaries are drawn as they are used on the ground and imply no position: Afghanistan does not recognise the Durand Line as a border, and the status of Kashmir is disputed.
boundary-credit = Boundaries: © OpenStreetMap contributors (ODbL), Natural Earth. Towns: GeoNames (CC BY 4.0).

side-segment = known only to a stretch of the { $line }, so neither its distance nor its side can be given
side-too-coarse = too coarse for a distance to the { $line }{ $side }
side-share = { $share } { $country }
side-distance = { $km } km from the { $line }, give or take { $radius } km{ $side }
side-undecided = ; which side it lies on is not known
side-likeliest = , on the side of { $country }
side-not-decided = , so it may lie on either side: { $shares }; reported in { $country }
side-under-1-percent = under 1 %
side-over-99-percent = over 99 %
place-not-stated = place not stated
place-by-dataset = coordinates of the imported dataset

## Citations

cite-no-title = [No title on record]
cite-no-year = n.d.
cite-source-of = { $kind }; source of { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}
cite-archived = ; archived at { $address }
cite-contributors = Incident map contributors
cite-incident = { $title }, { $when }. In: { $record }
cite-title = Incident map: Afghanistan–Pakistan–Tajikistan borders
cite-no-address = this copy has no public address set
cite-record = The record: { $licence }
cite-selection = Selection: { $filters }; { $chosen } of { $everything ->
    [one] { $everything } incident
   *[other] { $everything } incidents
}
cite-link = Link: { $link } at the address of any copy of the program; { $no_address }
cite-rule = Casualty counting rule: { $rule }
cite-boundary-version = Boundary version { $version }
cite-changes = Changes made: { $changes }
cite-versions = version { $version }, data version { $data_version }
cite-part-chosen = filters selected some of the incidents, and none was altered

cite-accessed = {" "}(accessed { $day })
cite-text = Text
incident-named = the { $category } of { $when } ({ $place })
incident-named-within = the { $category } { $when } ({ $place })
where-within = { $words }, within about { $km } km
movement = { $people } { $kind } crossed from { $start } to { $end }.
disputed-words = Disputed: { $words }
movement-end = { $place } ({ $country })
toll-of = { $toll } { $about }
province-shared = { $incidents ->
    [one] { $incidents } incident lies in several provinces ({ $names }): its figures are for all of these.
   *[other] { $incidents } incidents lie in several provinces ({ $names }): their figures are for all of these.
}
province-counted-more = { $incidents ->
    [one] { $incidents } incident lies in several provinces: it is
   *[other] { $incidents } incidents lie in several provinces: each is
} counted under each of its selected provinces, and once more under “{ $row }”, where its toll is. So the column adds up to { $counted }, not { $once }.
denied-figure-one = that { $people } was { $done }
denied-figure = that { $people } were { $done }
denied-any = that any { $people } were { $done }
denied-any-crossed = that anybody crossed
rival-figures = { $of } { $about }: { $accounts }.
similar-each = { $one } { $first }, { $other } { $second }
similar-area-of-one = in { $area }, one of them known only to the { $level }
similar-area-of-both = in { $area }, both known only to the { $level }
classes-all = { $classes ->
    [one] { $classes } class
   *[other] { $classes } classes
}, { $scheme }: { $about }.
classes-all-of = { $classes ->
    [one] { $classes } class
   *[other] { $classes } classes
}, { $scheme }: { $about }; the values allow only { $classes } of { $asked }.
cite-none = none
## What changed between two versions

difference-because = { $toll }, because { $causes }
difference-when = when { $old } → { $new }
difference-toll = { $about } { $old } → { $new }
difference-register-added = added: { $name } ({ $id })
difference-register-removed = removed: { $name } ({ $id })
difference-none = No differences.
changed-incidents-added = { $count ->
    [one] { $count } incident added
   *[other] { $count } incidents added
}
changed-incidents-removed = { $count ->
    [one] { $count } incident removed
   *[other] { $count } incidents removed
}
changed-incidents-changed = { $count ->
    [one] { $count } incident changed
   *[other] { $count } incidents changed
}
changed-incidents-entered = { $count ->
    [one] { $count } incident entered the selection
   *[other] { $count } incidents entered the selection
}
changed-incidents-left = { $count ->
    [one] { $count } incident left the selection
   *[other] { $count } incidents left the selection
}
changed-claimants-added = { $count ->
    [one] { $count } claimant added
   *[other] { $count } claimants added
}
changed-claimants-removed = { $count ->
    [one] { $count } claimant removed
   *[other] { $count } claimants removed
}
changed-claimants-changed = { $count ->
    [one] { $count } claimant changed
   *[other] { $count } claimants changed
}
changed-clusters-added = { $count ->
    [one] { $count } event cluster added
   *[other] { $count } event clusters added
}
changed-clusters-removed = { $count ->
    [one] { $count } event cluster removed
   *[other] { $count } event clusters removed
}
changed-clusters-changed = { $count ->
    [one] { $count } event cluster changed
   *[other] { $count } event clusters changed
}
changed-number-added = { $count } added
changed-number-removed = { $count } removed
changed-number-changed = { $count } changed
difference-claims = Claims: { $changes }.
difference-selection = Only incidents that match the filters in one of the two versions, or in both: { $filters }.
difference-not-compared = Not compared, and in none of the numbers, because one version holds them in a form that cannot be read: { $ids }.
difference-movement-not-compared = The movement of { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} was not compared, because one version holds it in another form: { $ids }.
difference-field-of-claim = { $field } of claim { $number } ({ $claim }) { $change }
difference-claim-changed = claim { $number } ({ $claim }) changed: { $fields }
part-claim-added = claim { $number } added ({ $label })
part-claim-removed = claim removed ({ $label })
fields-of-claim = claim { $number } ({ $label }): { $fields }
part-source-added = source { $number } added ({ $label })
part-source-removed = source removed ({ $label })
fields-of-source = source { $number } ({ $label }): { $fields }
difference-versions = Data version { $old } → { $new }.
difference-rule = Casualty counting rule: { $rule }. { $rule_sentence }
difference-brought-in = Incidents that a change brought into the selection
difference-taken-out-of-selection = Incidents that a change took out of the selection
# Fields of the record
record-field-id = id
record-field-category = category
record-field-subtype = subtype
record-field-title = title
record-field-summary = summary
record-field-date_start = date start
record-field-date_end = date end
record-field-date_precision = date precision
record-field-place = place
record-field-aliases = aliases
record-field-district = district
record-field-province = province
record-field-provinces = provinces
record-field-country = country
record-field-location_precision = location precision
record-field-lon = longitude
record-field-lat = latitude
record-field-uncertainty_km = uncertainty km
record-field-location_basis = location basis
record-field-location_confidence = location confidence
record-field-location_note = location note
record-field-movement = movement
record-field-actors = actors
record-field-status = status
record-field-claims = claims
record-field-sources = sources
record-field-stance = stance
record-field-about = about
record-field-value = value
record-field-low = low
record-field-high = high
record-field-scope = scope
record-field-note = note
record-field-source = source
record-field-publisher = publisher
record-field-url = url
record-field-published = published
record-field-kind = kind
record-field-archived_url = archived url
record-field-name = name
record-field-side = side
record-field-independent = independent
record-field-from = from
record-field-to = to
record-field-people_low = people low
record-field-people_high = people high
record-field-by = speaker
record-field-by_text = speaker as quoted
record-field-of = of whom or what
record-field-event_group = event cluster
# What is counted
count-incidents = incidents
count-claims = claims
count-source-entries = source entries

## What a map or a chart leaves out

left-out-by-province = { $incidents ->
    [one] { $incidents } more incident in this selection has no known province
   *[other] { $incidents } more incidents in this selection have no known province
}
left-out-by-border = { $incidents ->
    [one] { $incidents } more incident in this selection has no place known well enough to tell whether it lies within { $km } km of a border line
   *[other] { $incidents } more incidents in this selection have no place known well enough to tell whether they lie within { $km } km of a border line
}
left-out-by-precision = { $incidents ->
    [one] { $incidents } more incident in this selection has a place known less precisely
   *[other] { $incidents } more incidents in this selection have places known less precisely
}
left-out-because-province = { $incidents } of them only because their province is not known
left-out-because-border = { $incidents } of them only because it is not known whether they lie within { $km } km of a border line
left-out-because-precision = { $incidents } of them only because their place is known less precisely
left-out-without-place = { $incidents } without a place
left-out-filtered = { $incidents } filtered out
left-out-outside-view = { $incidents } outside the view
left-out-elsewhere = { $incidents } not in this province
left-out = { $shown } of { $total ->
    [one] { $total } incident
   *[other] { $total } incidents
} shown.
left-out-of-map = Not on this map: { $left_out }.
left-out-badges = Drawn as badges, not points: { $badges }.
left-out-district = { $incidents } known only to the district
left-out-province = { $incidents } known only to the province
left-out-segment = { $incidents } known only to a stretch of the border
left-out-over-the-end = { $incidents } of them may belong to the next bar: their day is not known.
left-out-in-chart = { $shown } of { $total ->
    [one] { $total } incident
   *[other] { $total } incidents
} in this chart, each in the time it began.
left-out-of-chart = Not in it: { $left_out }.

## Maps in the browser

unclassed-none = No incidents recorded
unclassed-coarse = None recorded with this precision
unclassed-no-figure = Incidents, but no figure
unclassed-no-border = No border here
unclassed-left-out = Left out by the filters
province-value = { $measure }: { $value }
province-value-under = { $measure }: { $value } ({ $rule })
province-split = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}: { $kinds }; { $disputed } disputed
province-split-several = ; { $incidents } in other provinces too
province-split-datasets = ; by dataset: { $datasets }
group-somewhere = somewhere in { $area }
group-one-place = in one place
group-close = close together
killed-of-dataset = { $dataset }: { $killed }
group-several-districts = several districts
group-several-stretches = several stretches of the border
map-incidents = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}
map-incidents-all-hollow = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}, all { $statuses }
map-incidents-some-hollow = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}, { $hollow } { $statuses }
map-incidents-somewhere = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} somewhere in { $area }
mark-several-provinces = One incident in several provinces, drawn once: { $provinces }
map-one-known-only-to = { $title }. { $when }. { $status }. Known only to { $area }.
map-several-known-only-to = { $several } known only to the { $precision }: { $area }.
map-hollow-known-only-to = { $several }, known only to the { $precision }: { $area }.
map-cluster = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} here; press Enter to spread them out
map-known-to = known only to the { $precision }: { $area }
map-known-to-one-of = known only to one of { $areas ->
    [one] { $areas } area
   *[other] { $areas } areas
}
map-all-hollow = all { $statuses }
map-some-hollow = { $hollow } { $statuses }
map-click-to-open = Click to open it.
map-click-to-zoom = Click to zoom in.
map-click-to-list = Click to list them.
map-press-to-open = Press Enter to open it.
map-press-to-zoom = Press Enter to zoom in.
map-press-to-list = Press Enter to list them.
map-list = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} { $where }
map-list-latest = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} { $where }, the latest { $listed } of them
map-in-view = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} in view
map-outside = { $incidents } outside this view
map-no-answer = The server is not responding. The map will ask again.
map-counting = Counting…
map-offline = Offline map
map-online-streets = OpenStreetMap (online)
map-online-grey = Light grey (online)
map-online-satellite = Satellite (online)
map-layers = Layers
map-layer-fails = This base layer does not load; the offline map stays.
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-keys-view = Arrow keys move the map, + and − zoom, Tab moves to the next control.
map-keys-marks = Arrow keys move between marks, Enter opens, Escape goes back.
map-keys-provinces = Arrow keys move between provinces, Enter opens.
map-legend-several = Several here, by kind
map-legend-size = Area: { $size }
map-legend-ring = Ring: place within it
kind-imported = { $kind }, imported
map-legend-area = Known only to an area
map-legend-stretch = Known only to a stretch of border
map-legend-direction = People crossing, direction
map-legend-provinces = right: number of provinces
# Short, in a disc
number-thousands = { $number }k
number-millions = { $number }M

## The figure: what is written around the map

figure-alt = Map. { $title }. { $subtitle }. { $texts }
figure-alt-numbered = { $number }: { $text }.
figure-standing-title = Incidents on the Afghanistan–Pakistan–Tajikistan borders
figure-one-not-on-map = The one selected incident is not on this map.
figure-none-on-map = None of the { $incidents } selected incidents is on this map.
figure-no-match = No incidents match this selection.
figure-no-incidents = There are no incidents.
figure-last-incident = Last incident on record: { $when }.{" "}
figure-made = { $last }Made { $day }. Code to reproduce this figure: { $code }.
figure-too-many = There are too many incidents to draw one by one: each number counts those around its place.
figure-size = Size by deaths, { $rule }. { $rule_sentence }
figure-size-by-highest = Size by deaths, { $rule }; symbols show the highest. { $rule_sentence }
figure-tolls = Tolls: { $rule }. { $rule_sentence }
figure-count-span = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}, { $span }
figure-count-borders = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} on the Afghanistan–Pakistan–Tajikistan borders, { $span }
figure-selection-count = { $selection }: { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}, { $span }
figure-shown-all = { $incidents ->
    [one] { $selected ->
        [0] The one incident
       *[other] The one incident of this selection
    } is shown.
    [2] { $selected ->
        [0] Both incidents
       *[other] Both incidents of this selection
    } are shown.
   *[other] { $selected ->
        [0] All { $incidents } incidents
       *[other] All { $incidents } incidents of this selection
    } are shown.
}
figure-shown-some = { $shown ->
    [0] None
   *[other] { $shown }
} of { $selected ->
    [0] { $chosen } incidents
   *[other] the { $chosen } incidents of this selection
} { $shown ->
    [one] is
   *[other] are
} shown: { $why }.
figure-left-placeless = { $incidents ->
    [one] { $incidents } has
   *[other] { $incidents } have
} no known place
figure-left-outside = { $incidents ->
    [one] { $incidents } lies
   *[other] { $incidents } lie
} outside this map
figure-elsewhere-too = { $incidents ->
    [one] { $incidents } of the selected lies in other provinces too, where its mark may stand.
   *[other] { $incidents } of the selected lie in other provinces too, where their marks may stand.
}
figure-may-belong-province = { $incidents ->
    [one] { $incidents } more may belong here: its province is not known.
   *[other] { $incidents } more may belong here: their province is not known.
}
figure-may-belong-border = { $incidents ->
    [one] { $incidents } more may belong here: its place is not known well enough.
   *[other] { $incidents } more may belong here: their places are not known well enough.
}
figure-may-belong-precision = { $incidents ->
    [one] { $incidents } more has a place known less precisely.
   *[other] { $incidents } more have places known less precisely.
}
figure-badges = Badges stand for incidents whose place is known less precisely: { $parts }.
figure-badge-district = { $incidents } only to the district
figure-badge-province = { $incidents } only to the province
figure-badge-segment = { $incidents } only to a stretch of the border
figure-one-side = Only what happened in { $places } is selected, not what happened on the { $sides } side of the border.
border-side-af = Afghan
border-side-pk = Pakistani
border-side-tj = Tajik
figure-map = Map: { $credit }.
figure-data = Incidents: Incident map, CC BY 4.0.
figure-map-and-data = Map and incidents: Incident map, CC BY 4.0.
paper-A4-landscape = A4 landscape
paper-A4-portrait = A4 portrait
paper-A3-landscape = A3 landscape
paper-A3-portrait = A3 portrait
paper-slide-16x9 = Slide 16:9
paper-column = Single column
# Countries around, as far as a figure can show them
neighbour-ARE = United Arab Emirates
neighbour-ARM = Armenia
neighbour-AZE = Azerbaijan
neighbour-BGD = Bangladesh
neighbour-BHR = Bahrain
neighbour-BTN = Bhutan
neighbour-CHN = China
neighbour-IND = India
neighbour-IRN = Iran
neighbour-IRQ = Iraq
neighbour-KAZ = Kazakhstan
neighbour-KGZ = Kyrgyzstan
neighbour-KWT = Kuwait
neighbour-MMR = Myanmar
neighbour-MNG = Mongolia
neighbour-NPL = Nepal
neighbour-OMN = Oman
neighbour-QAT = Qatar
neighbour-RUS = Russia
neighbour-SAU = Saudi Arabia
neighbour-TKM = Turkmenistan
neighbour-TUR = Turkey
neighbour-UZB = Uzbekistan

## The figure: the legend

legend-several = Several incidents, too close to draw apart; ring by kind
legend-crossing-point = Crossing point
legend-hollow = Hollow: { $statuses }
legend-imported = Thin outer line: imported; around several, their share
legend-sizes = Large: { $number } { $sizes }; small: none, or no figure
legend-how-many = Number of incidents nearby, k for thousands; ring by kind
legend-area = Known only to an area, not a point
legend-number = ; number: how many
legend-moved = Moved aside; the line leads to the place
legend-ring = The place lies within the ring
legend-district = The district lies within the broken ring
legend-segment = Known to this stretch of the border
legend-direction = Direction in which people crossed

## The figure: the key to numbered incidents

key-place = { $place }, { $provinces }
key-when-where = { $when }, { $where }
key-toll-killed = { $people } killed
key-toll-injured = { $people } injured
key-toll-crossed = { $people } crossed
key-no-toll = no figure

quoted = “{ $text }”
said-asserts = said
said-acknowledges = acknowledged
said-denies = denied
said-unconfirmed = did not confirm
claim-of-cluster = , whole event cluster
claim-that-it-happened = that it happened
claim-denied = { $speaker } { $said } { $what }
claim-with-whom = { $what } ({ $whom })
claim-that-some-were = that { $whom } were { $about }
claim-some = some
claim-said = { $speaker } { $said } { $what }{ $scope }
scope-this-incident = this incident
value-without = without { $values }
value-with = with { $values }
value-in-another-order = in another order
value-change = { $old } → { $new }
value-none = none
value-yes = yes
value-no = no
claim-in-no-total = , in no total

## The filter bar

filter-rule = Casualty counting rule
filter-rule-help = Whose figures count for people killed, injured or crossing, everywhere in the app and in every file. Below the general rules comes each claimant who states figures. Resetting the filters keeps the rule.
filter-not-in-link = Unknown filter values ignored: { $ignored }.
filter-any = any
filter-show-all = Show all of them
filter-not-known = not known
filter-more = More filters
filter-reset = Reset
filter-link-opens = This link opens this page with the same selection, counting rule, open card or profile, and view of the map.
link-copy = Copy link
link-copied = Copied
link-address = Address of this page
link-feed = Follow changes to this selection (Atom feed)
link-csv = This selection by address (CSV)
link-api = All data by address (API)
filter-since = Since
filter-until = Until
filter-province-tip = As reported. An incident that its sources put in several provinces is found under each of them. The last entry is for incidents whose province is not known.
filter-border = Border
filter-border-tip = Incidents within { $km } km of a border line, on either side, assigned to the line nearer the best point for the place. Anything farther off belongs to no border. Not known: without a place, or known so roughly that it may lie within { $km } km although its best point does not. Where people crossed at an unknown place, it is the line they crossed.
filter-place-known = Location precision
filter-day-known = Date precision
filter-actor = Actor
filter-actor-tip = Who took part, as the record names them; “(alleged)” where that is only alleged. Any one of them is enough.
filter-text = Text
filter-text-tip = All words must occur, in titles, summaries, places, actors, claims, speakers or sources. Names are found in their usual spellings and scripts: Angur Ada, سپین بولدک, Торхам.
filter-meant = { $name } is not a filter; did you mean { $meant }?
filter-unknown = { $name } is not a filter; use one of: { $known }
filter-text-placeholder = place, actor, claim, source
filter-cluster = Event cluster
filter-linked = Linked reports
filter-linked-tip = Reports in different datasets found to be of one incident. If they are counted once, the record's report is kept, or else that of the dataset that comes first.
filter-count-each = count each
filter-count-once = count once

## A selection as a phrase

# Words that follow “Incidents” without a comma
phrase-said-at-once = both from in involving mentioning of since until within
phrase-at-once = { $what } { $parts }
phrase = { $what }, { $parts }
phrase-all = All incidents
phrase-only = { $kinds } only
phrase-since = since { $day }
phrase-until = until { $day }
phrase-province-not-known = an unknown province
phrase-in = in { $places }
phrase-in-country = in { $provinces }, { $country }
phrase-both-in = both in { $provinces } and in { $countries }
phrase-border = the { $border } border
phrase-near = within { $km } km of { $lines }
phrase-near-or-unknown = within { $km } km of { $lines }, or where that is not known
phrase-near-unknown = of which it is not known whether they lie within { $km } km of a border line
phrase-leads = leads
phrase-leads-only = leads only
phrase-place = place { $precision }
phrase-time = time known { $precision }
phrase-involving = involving { $actors }
phrase-mentioning = mentioning “{ $text }”
phrase-of-clusters = { $count ->
    [one] of the event cluster { $clusters }
   *[other] of the event clusters { $clusters }
}
phrase-the-record = the record
phrase-from = from { $datasets }
phrase-linked-once = linked reports counted once

## Several datasets side by side

mixture-counts = By dataset: { $counts }.
mixture-count = { $dataset } { $count }
mixture-count-none = { $dataset } none
mixture-period = { $first } to { $last }
mixture-no-overlap = Figures of different datasets are not added: here their periods do not overlap ({ $periods }).
mixture-may-overlap = Figures of different datasets are not added: they may overlap.
mixture-linked = { $pairs ->
    [one] { $pairs } pair of reports is linked as the same incident: the same casualties are in both.
   *[other] { $pairs } pairs of reports are linked as the same incident: the same casualties are in both.
}
mixture-absent = { $dataset } has none in these days; at other times it has { $incidents } ({ $period }). That may be because of a gap in research, or in its file.
mixture-no-common-period = Their periods differ: { $periods }; no month of this selection is in { $all }.
mixture-common-period = Their periods differ: { $periods }; common to { $all }: { $period }.
mixture-in-this-province = { $count ->
    [one] In the provinces of this selection, only { $datasets } has any incidents at all.
   *[other] In the provinces of this selection, only { $datasets } have any incidents at all.
}
mixture-provinces = Provinces in which they have incidents: { $provinces }; { $all } { $common }.
mixture-none-in-country = { $dataset } has none in { $countries }.
mixture-kind-only = { $kinds } are from { $datasets } only
mixture-kinds = Kinds of events differ: { $kinds }. Each dataset codes kinds by rules of its own.
mixture-both = both
mixture-all = all

## Tolls

toll-up-to = up to { $high }
ratio-all-agree = all agree
ratio-none-against-some = none against some
ratio-times = { $ratio } times
claim-best-estimate = best estimate { $killed }
claim-part = { $killed } of { $whose }
claim-by-its-estimate = by its estimate { $parts }
area-border = the { $place } border
area-line = the { $line }
figure-paper-size = { $paper }, { $width } × { $height } mm
figure-paper-grows = { $paper }, { $width } mm wide
claim-side-a = side A
claim-side-b = side B
claim-civilians = civilians
claim-unknown-people = people not known
claim-for-cluster = {" "}for the whole event cluster
claim-in-no-total-words = {" "}that counts in no total

## Files: the manifest, KML

counted-of = { $chosen } of { $total ->
    [one] { $total } incident
   *[other] { $total } incidents
}
manifest-withheld = Not passed on
withheld = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} of { $datasets } { $incidents ->
    [one] is
   *[other] are
} left out: { $titles ->
    [one] its terms do not allow single incidents to be passed on, or nobody has said that they do.
   *[other] their terms do not allow single incidents to be passed on, or nobody has said that they do.
}
manifest-people = People { $about }
manifest-people-by = { $people } by { $dataset }
manifest-not-to-be-added = { $total }; not to be added to the others
manifest-people-clusters = { $people }, claimed for whole event clusters
manifest-people-flows = { $people }, single figures of closures and returns, never added up
manifest-differing = ; the accounts of { $ids } name different people
manifest-total = { $span } ({ $rule }; { $without ->
    [one] { $without } incident
   *[other] { $without } incidents
} without a figure{ $other })
kml-claims = Claims: { $claims }
kml-sources = Sources: { $sources }
difference-total = { $name } { $old } → { $new }

## The record: what is wrong with it

faults = { $count ->
    [one] { $count } fault
   *[other] { $count } faults
}
error-no-incident = no incident has the id { $id }
error-one-by-one = handled one by one
error-too-many = { $count ->
    [one] { $count } incident is selected
   *[other] { $count } incidents are selected
}, and at most { $most } can be { $way }; select fewer
error-sheet-full = the sheet { $sheet } would have { $count } rows, and a workbook's sheet holds at most { $most }; choose fewer incidents, or write CSV, GeoPackage or Parquet
error-store-shipped = { $path } came with the program, is replaced with it, and is read-only. Copy it, with claimants.json and event_groups.json, to a folder of your own, and name the copy: IncidentStore(PATH) in Python, --store FILE at the command line, or { $variable }
error-store-locked = { $path } is being written by another process; gave up after { $seconds } s, try again
error-store-changed = { $path } has changed since it was read; nothing was written: read it again and repeat the change
fault-too-large = is more than { $most }, the most that is allowed here; check it in the source
fault-no-character = has { $code } as its character { $at }, which no file may hold; remove it
fault-too-long = is { $characters } characters long, and at most { $most } can be shown; shorten it
fault-day-far-off = is { $day }, but a day in the record must lie between { $earliest } and { $latest }
fault-far-away = is { $lon }, { $lat }, which is far from Afghanistan, Pakistan and Tajikistan: a point must lie between { $west } and { $east } degrees of longitude, and between { $south } and { $north } of latitude; are the two swapped?
fault-no-day = expected a day as in 2025-10-11, not { $given }
fault-value-and-range = value and low/high are both given; keep value for an exact figure, low/high for a range
fault-low-above-high = low { $low } is above high { $high }
fault-point-incomplete = lon, lat and uncertainty_km go together: give all three or none
fault-other-category = { $subtype } belongs to category { $belongs }, not to { $category }
fault-end-first = { $end } precedes date_start { $start }
fault-place-incomplete = coordinates, uncertainty_km and location_basis go together: give all or none
fault-country-with-point = must be country if, and only if, there are no coordinates
fault-one-province = names only one province; leave it out, province already says that
fault-province-twice = names { $name } twice
fault-province-not-named = does not name { $name }, which province says
fault-no-source = is { $given }, but the last source is number { $last }
fault-nobody = { $given } is nobody whose toll can be counted; use one of: { $known }
fault-group-of-none = is group, but event_group is null, so the figure would count nowhere; repair one of them
fault-where-byte = byte { $byte }
fault-where-line = line { $line }, column { $column }
fault-where-file = file
fault-where-row = row { $row }
fault-where-feature = feature { $number }
fault-not-utf-8 = is not UTF-8; save the file as UTF-8
fault-not-json = is not JSON: { $why }
fault-no-json-number = { $given } is not a JSON number
fault-given = { $message }, not { $given }
fault-no-claimants = names nobody; expected a list of claimants
fault-no-clusters = is not a list; expected a list of event clusters
fault-register-missing = is missing; it belongs beside the incident file
fault-row-twice = { $id } appears twice
fault-cluster-unused = is not the event cluster of any incident
fault-no-features = is missing or not a list; the file must be a GeoJSON FeatureCollection
fault-id-used = is already used by an earlier incident
fault-no-feature = is missing; expected a GeoJSON Feature
fault-imported-only = { $code } is for imported datasets only
fault-not-feature = is not "Feature"
fault-not-of-feature = does not belong here; a Feature has type, id, geometry and properties
fault-not-a-property = does not belong here; the id belongs on the Feature, and the point is its geometry
fault-no-point = expected null or { $example }
fault-not-registered = { $given } is not in { $file }
fault-no-province = { $given } is not a province in the boundaries
fault-province-close = { $given } is not a province in the boundaries; did you mean { $close }?
fault-other-country = { $province } is in { $lies_in }, and country is { $country }; repair one of them, or name all provinces in provinces
fault-cluster-end-first = date_end { $end } precedes date_start { $start }

## Imported datasets

error-no-dataset = no dataset has the id { $id }; use one of: { $known }
error-no-dataset-none = no dataset has the id { $id }; none has been imported
error-import-outdated = { $name } has changed since this import was prepared, so what it would change is no longer known; import the file again
error-dataset-busy = { $name } is being imported or changed elsewhere; wait until that is done, and try again
dataset-unreadable = { $file } cannot be read: { $why }; { $repair }
dataset-damaged = { $file } cannot be read: { $why }; { $repair }
dataset-lacks-rows = its parts hold { $rows } of its { $all ->
    [one] { $all } row
   *[other] { $all } rows
}; { $repair }
dataset-without-index = is searched without { $file }, which is slower: { $why }; { $repair }
dataset-import-or-remove = import its file again, or remove the dataset
damage-missing = is missing
damage-no-json = it is not JSON, or is cut short
damage-newer = it has { $field }, which this version of the program does not know
damage-field = { $field }: { $why }
damage-other-name = it belongs to { $id }
damage-cut = it is not a Parquet file, or is cut short
damage-columns = it has no column { $column } as this version of the program writes it
damage-inside = part of its contents is damaged
damage-rows = it has values that this version of the program does not know
damage-other-parts = it does not match the parts beside it
links-unreadable = cannot be read: { $why }; linked reports are each counted until it is repaired or removed
dataset-import-again = import its file again
dataset-publish-again = publish it again
dataset-folder-is-address = { $address } is an address, where nothing can be imported; import into a folder, and publish the dataset there with: python -m geo datasets publish ID { $address } --data DIR
dataset-folder-in-project = { $folder } lies within the project { $project }; keep imported data in a folder outside it
dataset-file-missing = { $file } is missing
dataset-file-not-whole = { $file } is incomplete
dataset-incomplete = { $what } at { $place }; { $repair }
dataset-incomplete-index = is searched without an index, which is slower: { $what } at { $place }; { $repair }
dataset-no-part-there = { $release } has no part at { $place }; publish it again
dataset-is-removed = { $id } was removed; first: python -m geo datasets restore { $id }
dataset-of-other-kind = { $place } has a dataset { $id } of kind { $held }, not { $kind }; publish it elsewhere, or import the file under another name
dataset-name-reserved = { $name } cannot be the name of a dataset; choose another
links-too-wide = windows of { $km } km and { $days } days: give up to 100 km and up to 31 days
links-out-of-order = give two reports in the order of their datasets and ids
storage-no-address = { $address } is not the address of a folder; write it as in s3://bucket/folder
storage-no-protocol = { $error }; an address begins with s3://, gs:// or another that fsspec reads
storage-not-installed = { $error }; for s3:// install it with: pip install -r requirements-cluster.txt
storage-file-missing = this file is missing; publish its dataset again
storage-no-bucket = there is no such bucket; check its name, or create it first with your storage’s own tools
storage-within = within { $seconds } s
storage-denied = access is denied; check the credentials in the environment (for Amazon’s S3: AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY), and what they may do there ({ $error })
storage-no-answer = there is no answer ({ $error }); check the network, and AWS_ENDPOINT_URL where it is not Amazon’s S3
storage-as-before = { $reason }; showing what was read before
storage-not-copied = was not copied completely; what was there before is kept

## Imports: reading a file

read-failed = it cannot be read: { $error }
read-empty = it is empty: 0 bytes
read-breaks-off = it ends after { $bytes ->
    [one] { $bytes } unpacked byte
   *[other] { $bytes } unpacked bytes
}: the download is incomplete; download it again
read-damaged-past = it is damaged and cannot be unpacked past byte { $byte }; download it again
read-damaged-archive = it is damaged or truncated and cannot be unpacked; download it again
read-too-large = it unpacks to more than { $gb } GB; split it into parts
read-too-large-here = it unpacks to more than { $mb } MB; save the table as CSV
read-bomb = it unpacks to more than { $times } times its size, which no table does; nothing was read
read-too-many-files = it holds more than { $most } files; unpack it and import the one you need
read-locked = it is password-protected; unpack it and import the table in it
read-not-unpacked = it cannot be unpacked here; unpack it and import the table in it
read-packed-twice = it is packed twice; unpack it once and import what is in it
read-no-table = it holds no table: none of CSV, TSV, XLSX, XLS, ODS, DBF, HTML, JSON, GeoJSON, KML, GPX, GML, GeoPackage, FlatGeobuf, Parquet, or a shapefile in a zip file
read-one-table = it is a single table without a name, and holds none called { $table }
read-names-columns = it names its own columns and has no header line, so not in line { $row } either
read-own-encoding = it declares its own text encoding, and cannot be read as { $encoding }
read-no-such-table = it holds no table { $table }, only { $tables }
read-several-tables = it holds { $count ->
    [one] { $count } table
   *[other] { $count } tables
}; name those to read: { $tables }
read-tables-and-more = { $tables } and { $more } more
read-unknown = it is neither text nor any other format that can be read: CSV, TSV, XLSX, XLS, ODS, DBF, HTML, JSON, GeoJSON, KML, GPX, GML, GeoPackage, FlatGeobuf, Parquet, or a shapefile in a zip file
read-other = it is not a table: { $what }
read-other-pdf = a PDF; save the table in it as CSV or XLSX first
read-other-png = a picture (PNG)
read-other-jpeg = a picture (JPEG)
read-other-gif = a picture (GIF)
read-other-windows_program = a Windows program
read-other-program = a program
read-other-old_office = a pre-2007 Office document that is not a workbook, is damaged, or is password-protected; save it as XLSX or CSV
read-other-rar = packed with RAR; unpack it and import the table in it
read-other-seven_zip = packed with 7-Zip; unpack it and import the table in it
read-other-bzip2 = packed with bzip2; unpack it and import the table in it
read-other-xz = packed with xz; unpack it and import the table in it
read-other-zstd = packed with zstd; unpack it and import the table in it
read-other-arrow = an Arrow file; save it as Parquet or CSV
read-other-r = an R data file; save it as CSV
read-other-web_page = a web page without a table, probably a login page; log in and download the table itself
read-other-binary_workbook = a binary workbook of Excel (XLSB); save it as XLSX or CSV
note-dbf-alone = it is a table of dBASE alone; if it belongs to a shapefile, put the .shp, .dbf, .shx and .prj of one name together in a zip file, or its points are missing
table-by-number = table { $number }
read-other-xml = XML that is neither KML, GPX nor GML; save the table as CSV, XLSX or GeoJSON
read-other-shapefile_part = part of a shapefile; put the .shp, .dbf, .shx and .prj of the same name together in a zip file, with the .cpg if there is one
read-other-mapinfo_part = part of a MapInfo table; put the .tab, .dat, .map and .id, or the .mif and .mid, of the same name together in a zip file
read-lone-shapefile = the shapefile lacks its .dbf; put the .shp, .dbf, .shx and .prj of the same name together in a zip file
read-tab-of-others = the MapInfo table only refers to other files or databases; export it as a table of its own, or as CSV
read-damaged-vector = it is damaged and cannot be read as { $format }; export it again, or as GeoPackage or CSV
read-damaged-xml = it is damaged or truncated, or defines its own entities, and is not read as { $format }; export it again
read-damaged-spreadsheet = it is damaged and cannot be read as ODS; save it again, or as XLSX or CSV (UTF-8)
read-kml-elsewhere = it holds no placemarks, only the address of a map elsewhere; export the map with its data, as KML or KMZ
read-kml-empty = it holds no placemarks
note-kml-stamped = { $count ->
    [one] a placemark has a time stamp within its time span, and is
   *[other] { $count } placemarks have a time stamp within their time span, and are
} dated by the stamp
note-kml-contradicted = { $count ->
    [one] a placemark has a time stamp outside of its time span, and is
   *[other] { $count } placemarks have a time stamp outside of their time span, and are
} dated by the span; compare both
note-kml-elsewhere = what it only links to was not fetched
read-gpx-elsewhere = it holds tracks or routes and no waypoints; incidents are waypoints
read-gpx-empty = it holds no waypoints
note-gpx-elsewhere = only its waypoints were read, not its tracks or routes
note-no-crs = it names no coordinate system; its numbers are taken as degrees in WGS84
note-encoding-not-as-said = encoding { $encoding }, guessed from its letters, which cannot be { $said } as the file says; if names look wrong, say which it is
dbf-encoding = { $encoding }, as the file says; if names look wrong, say which it is
read-other-rtf = a document (RTF); save the table in it as CSV or XLSX
read-no-lines = it has no lines; a table begins with a header and has a line for each event
read-no-header = its first line is not a header: a quotation mark is left open, or it exceeds { $mb } MB
read-columns-or-more = it has { $columns ->
    [one] { $columns } column
   *[other] { $columns } columns
} or more; at most { $most } are read, and it may not be a table
note-mark-removed = byte order mark removed
note-encoding = encoding { $encoding }
note-encoding-told = encoding { $encoding }, guessed from its letters; if names look wrong, say which it is
note-without-mark = encoding { $encoding }, without a byte order mark
encoding-cp1250 = Windows-1250 (Central European)
encoding-cp1251 = Windows-1251 (Cyrillic)
encoding-cp1252 = Windows-1252 (Western European)
encoding-cp1254 = Windows-1254 (Turkish)
encoding-cp1256 = Windows-1256 (Arabic script)
encoding-cp850 = DOS 850 (Western European)
encoding-cp866 = DOS 866 (Cyrillic)
encoding-iso8859-2 = ISO 8859-2 (Central European)
encoding-koi8-r = KOI8-R (Russian)
encoding-koi8-t = KOI8-T (Tajik)
encoding-mac-cyrillic = MacCyrillic
encoding-mac-roman = Mac Roman (Western European)
note-no-header = no header: the columns are named as their publisher documents them
note-delimiter = delimiter { $delimiter }
delimiter-comma = comma
delimiter-semicolon = semicolon
delimiter-tab = tab
delimiter-vertical_bar = vertical bar
note-backslashes = quotation marks within values are escaped with a backslash
note-delimiter-at-end = a delimiter at the end of each row
note-hashtags-skipped = line with HXL hashtags under the header skipped
note-hashtags-above = line with HXL hashtags above the header skipped
note-hashtags-alone = the columns are named by their HXL hashtags, as there is no other header
note-header-line = line { $row } was taken as the header, and { $count ->
    [one] the line
   *[other] the { $count } lines
} above it left out
note-two-header-lines = two lines of header, joined as in “Killed: Civilians”
note-headerless = no header: the first line holds values, so the columns are numbered
read-no-header-row = line { $row } holds nothing that could be a header; name another line up to { $last }, or 0 for none
read-rows-run-together = the rows from { $row } on cannot be told apart; save it as CSV (UTF-8) again
read-rows-do-not-fit = hardly any row from { $row } on fits the header; row { $example }: { $reason }
read-not-splittable = it can only be read from its beginning; save it as CSV (UTF-8), uncompressed
read-changed = it has changed while it was being read; import it again
read-no-encoding = the encoding { $encoding } is not known; try utf-8, cp1256 (Arabic script), cp1251 (Cyrillic) or cp1252 (Western European)
read-not-encoding = it is not in the encoding { $encoding }; leave the encoding out to have it detected, or name another one
read-no-records = it is JSON, but holds no list of objects that could be the rows of a table; save the table as CSV or GeoJSON
read-end-of-file = the file ends
read-too-deep = at character { $at } its features are nested too deeply
read-broken = at character { $at } it is broken: { $error }
read-breaks-off-at = it is truncated or broken at character { $at } ({ $error }); download or save it again
read-too-many-properties = its features have more than { $most } different properties
read-no-geopackage = it is an SQLite file, but not a GeoPackage; save the table as CSV
read-damaged-geopackage = it is damaged and cannot be read as a GeoPackage; download or save it again
read-no-layers = it has no layers that are tables; views are not run: export their rows as a table, or as CSV
read-several-layers = it has { $count ->
    [one] { $count } layer
   *[other] { $count } layers
} with different columns; name those to read: { $layers }
read-no-such-layer = it has { $count ->
    [one] { $count } layer
   *[other] { $count } layers
}, but none is called { $wanted }: { $layers }
read-damaged-parquet = it is damaged or truncated, and cannot be read as Parquet; download or save it again
read-too-many-columns = it has { $columns ->
    [one] { $columns } column
   *[other] { $columns } columns
}; at most { $most } are read
read-large-column = a column exceeds { $mb } MB; write smaller row groups
read-large-rows = a few of its rows hold more than { $mb } MB; the file may not be a table
read-unknown-crs = its coordinate system is not known; save it in WGS84 (EPSG:4326)
read-workbook-too-large = it unpacks to { $mb } MB, too much; save it as CSV (UTF-8)
read-workbook-bomb = it unpacks to more than { $times } times its size, which no table does
read-damaged-workbook = it is damaged and cannot be read as XLSX; save it again, or as CSV (UTF-8)
apart-memory = opening it took more than { $memory } GB of memory, so it was stopped and nothing was kept; save it as CSV or split it into parts, and try again
apart-processor = opening it took more than { $processor } seconds of processor time, so it was stopped and nothing was kept; save it as CSV or split it into parts, and try again
apart-whole = opening it took longer than { $whole } seconds, so it was stopped and nothing was kept; save it as CSV or split it into parts, and try again
apart-silence = opening it made no progress for { $silence } seconds, so it was stopped and nothing was kept; save it again, or as CSV, and try again
apart-written = opening it wrote more than { $written } GB to disk, so it was stopped and nothing was kept; save it as CSV or split it into parts, and try again
apart-crash = the program that opened it crashed, and nothing was kept; the file may be damaged: save it again, or as CSV, and try again
read-wide-sheet = sheet { $sheet } has more than { $most } columns
read-long-sheet = sheet { $sheet } says it has more than { $most } rows
read-no-sheet = no sheet has a header and rows under it
read-several-sheets = it has { $count ->
    [one] { $count } sheet
   *[other] { $count } sheets
} with tables; name those to read: { $sheets }
read-no-such-sheet = it has { $count ->
    [one] { $count } sheet
   *[other] { $count } sheets
} with tables, but none is called { $wanted }: { $sheets }
table-with-rows = { $table } ({ $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
})
note-sheet = { $count ->
    [one] sheet
   *[other] sheets
} { $sheet } of { $sheets }
note-layer = layer { $layer } of { $layers }
note-merged = { $count ->
    [one] a value merged over several rows was
   *[other] { $count } values merged over several rows were
} used for each of them
note-merged-numbers = { $count ->
    [one] a number merged over several rows was read in the first of them and not repeated, as it may be a count
   *[other] { $count } numbers merged over several rows were read in the first of them and not repeated, as they may be counts
}: { $columns }
note-without-result = { $count ->
    [one] { $count } cell holds a formula without a result, and was
   *[other] { $count } cells hold formulas without a result, and were
} read as empty: open the file in a spreadsheet and save it
note-first-day = its days are counted from { $year }; numbers in its date columns were read accordingly
note-hidden-rows = { $count ->
    [one] { $count } row is hidden in the sheet, and was
   *[other] { $count } rows are hidden in the sheet, and were
} read like the others
note-hidden-sheets = { $count ->
    [one] hidden sheet
   *[other] hidden sheets
} left out: { $sheets }
note-dataset-id = the dataset is { $id }, made from the name { $name } that was given
note-table-recognised = only the table { $table } is read, the one recognised by its columns: { $kind }; { $count ->
    [one] not the other, { $others }
   *[other] not the { $count } others, { $others }
}
note-columns-together = { $count ->
    [one] a column is read as the one of the same meaning that the first tables have
   *[other] columns are read as those of the same meaning that the first tables have
}: { $columns }
column-of-table-as = { $column } of { $table } as { $name }
note-tables-together = { $count } tables read as one; { $column } says which one a row is from
column-of-sheet = sheet
column-of-layer = layer
column-of-file = file
column-of-geometry = { $name } (geometry)
column-without-name = column { $number }
note-nameless-columns = { $count ->
    [one] { $count } column has
   *[other] { $count } columns have
} no name
note-name-repeated = { $name } names { $count ->
    [one] { $count } column
   *[other] { $count } columns
}
note-extra-columns = columns beyond the documented ones are kept with each row: { $columns }
note-more-columns = { $count } more
note-nearly = it has most columns of { $product } files, but lacks { $columns }
note-unlike = its columns are named as in { $product } files, but nothing in it shows that it is one
note-lacking = it lacks { $columns }, which { $product } files have; those values are not known
note-no-ids = it has no { $column }: ids are made from what the rows hold, so a row corrected later counts as another one
note-crs = coordinates converted from { $crs } to WGS84
note-rows-of = the rows come from { $list }
note-more-rows = the file says that there are more rows elsewhere: { $rows } of { $total } { $rows ->
    [one] is
   *[other] are
} in it; fetch the other pages
note-more-pages = the file says that there are more rows elsewhere, and { $rows ->
    [one] { $rows } is
   *[other] { $rows } are
} in it; fetch the other pages
note-members-repeated = { $count ->
    [one] a name appears twice in one object, and its last value was read: { $names }
   *[other] { $count } names appear twice in one object, and their last values were read: { $names }
}
note-date-order = nothing shows whether dates such as { $example } begin with the day or the month; they are read with { $order }, unless the mapping says { $setting }
read-date-order =
    { $rows ->
        [one] the first rows do not show whether dates such as { $example } begin with the day or the month, and a later row can only be read in the other order than { $order }; say which in the mapping, { $setting } for the later one
       *[other] the first rows do not show whether dates such as { $example } begin with the day or the month, and { $rows } later rows can only be read in the other order than { $order }; say which in the mapping, { $setting } for that of the later ones
    }
note-short-year = nothing shows whether dates such as { $example } begin or end with their year; they are read as ending with it, so if they begin with it, write the year with four digits
date-order-day_month = the day before the month
date-order-month_day = the month before the day
read-no-column = it has no column { $column }; it has { $columns }
read-no-field = there is no field { $field } to map to; the fields are { $fields }
read-no-order = { $field } cannot be { $order }; it is { $orders }
read-not-of-kind = it is not a file of kind { $kind }, but { $found }
read-not-of-kind-because = it is not a file of kind { $kind }, but { $found }: { $because }
read-kinds-differ = it is of kind { $kind }, and { $other } of kind { $other_kind }; import files of one kind together, or say which with --from
read-datasets-differ = it would go into the dataset { $dataset }, and { $other } into { $other_dataset }; name one for all with --dataset
read-kind-of-dataset = the dataset { $dataset } holds files of kind { $held }, not { $kind }; name another dataset
import-no-usable-row = { $file }: none of its rows can be imported
note-rows-replaced = { $count ->
    [one] { $count } row
   *[other] { $count } rows
} replaced by one of a later file with the same id
files-of-pattern = { $pattern }, { $count ->
    [one] { $count } file
   *[other] { $count } files
}

## Imports: rejected rows

reject-unclosed = a quotation mark is opened and not closed properly; double those inside a value, or remove it
reject-undoubled = a quotation mark within a quoted value is not doubled, so it is unclear where the value ends
reject-too-long = the row is longer than { $mb } MB
reject-values = { $count ->
    [one] { $count } value
   *[other] { $count } values
} where the header has { $expected }
geometry-unread = its geometry cannot be read, so it has no point
geometry-off-system = its geometry lies where its coordinate system has no degrees, so it has no point
geometry-large = its geometry is a { $shape } of { $km } km, and a point stands for at most { $most } km
geometry-small = its geometry is a { $shape } of { $km } km, represented by one of its points
reject-totals = a row of totals, which would be counted twice
reject-more-values = more values than the header's { $expected }
reject-cell = { $text } { $fault }
reject-missing = is missing
reject-no-count = is not a whole number of 0 or more
reject-too-many-people = is too large for a number of people
reject-no-coordinate = is not a coordinate; expected decimal degrees as in 34.5251
reject-no-point-text = is not a place; expected latitude and longitude as in 34.5251, 69.1783, WKT, MGRS or UTM
reject-other-shape = is a line or an area, not a point
reject-no-radius = is not a radius in kilometres above 0 and up to 2,000
reject-no-date = is not a date; expected one as in 2025-10-11 or 11 October 2025
reject-no-year = has no year
reject-no-day = is not a single day; expected one as in 2025-10-11 or 11 October 2025
reject-year = is not a day from { $first } to { $last }
reject-outside = outside Afghanistan, Pakistan and Tajikistan
reject-other-country = names another country, though its point lies in Afghanistan, Pakistan or Tajikistan; the name counts
reject-unknown-country = is not the name of one country, and there are no coordinates to tell it by
reject-point-lost = is not an angle; a spreadsheet may have dropped its decimal point, or it is in metres: give degrees in WGS84 (EPSG:4326), or save the file with its coordinate system, as GeoPackage or shapefile
reject-half-a-point = is missing, though { $other } is given
reject-off-globe = is not between −{ $most } and { $most } degrees
reject-no-country = is missing, and there are no coordinates to tell it by; name the country, or have the row placed by the name of its place or province
reject-shared-area = is missing, and no country has 90 % of the area that stands in the row; name one
reject-repeat-same = is already in row { $row }, the same as this one
reject-repeat-case = differs from the id of row { $row } only in letter case, and both would share one address; give it another
reject-repeat-nameless = is the same in every column as row { $row }, and has no id
reject-repeat-other = is already in row { $row }, with other values; import the rejected rows to replace it with this one
reject-cameo = is a CAMEO code for talk, aid or thought, which makes no lead

## Imports: repairs

bytes-zero = zero bytes replaced by spaces
bytes-read-as-western = bytes that are not { $encoding } read as Windows-1252
bytes-replaced = bytes that are not { $encoding } replaced by �
repair-encoding = bytes that are not text in the file's encoding, replaced
repair-geometry = geometry that is not a point
repair-stray_characters = byte order mark, no-break space, marks without width or control characters, removed
repair-mojibake = text garbled by a wrong encoding, read in the right one
repair-digits = Persian or Arabic digits, read as numbers
repair-whole_number = whole numbers written with a decimal point (10.0), read without it
repair-thousands = thousands separator in a count, removed
repair-decimal_comma = decimal comma, read as a point
repair-degrees = degree signs, minutes or letters of the compass, read as decimal degrees
repair-swapped_coordinates = latitude and longitude swapped; swapped back, because that lands in the country named
repair-point_elsewhere = coordinates in none of the three countries while the file names one of them; not drawn
repair-hijri_date = date in a Hijri calendar, read as the Gregorian day
repair-excel_day = spreadsheet day number, read as the day
repair-short_year = two-digit year, read as 1970 to 2069
repair-day_month = day and month in the other order than in the rest of the file, read in the only order possible
repair-dates_exchanged = end date before start date, swapped
repair-date_missing = one of start and end missing, taken as the other
repair-precision_missing = precision code missing or unknown, taken as the least precise that the row allows
repair-kind_unknown = kind of event missing or in no table, taken as unclassified
repair-id_missing = no identifier, made from the row's content
repair-id_cut = identifier shortened by a spreadsheet (2.02501E+11), made from the row's content instead
repair-weekday = day of the week that does not match the date; the date counts
repair-epoch = seconds or milliseconds since 1970, read as the day
repair-local_day = time with an offset that falls on another day in Kabul, Karachi or Dushanbe; that day is used
repair-several_dates = several days in one cell, taken as the span from the first of them to the last
repair-no_figure = no single figure can be read from the text in a column of casualties or people; kept without a figure
repair-about = figure said to be approximate, taken unchanged
repair-more_than = figure that is said to be more, or fewer, than a number; read from the next whole number on
repair-unknown_code = 999, 9999 or the like, far above the other figures of the column, as a code of what is not known; kept without a figure
repair-words_beside = words beside a figure, left out
repair-range_as_date = range that a spreadsheet took for a date (12-Oct), read as 10–12
repair-places_differ = coordinates in columns and in the geometry differ; those of the geometry are used
repair-point_lost = coordinate whose decimal point a spreadsheet dropped; put back after two digits, because that lands in the country named
repair-rounded = coordinates rounded to whole or tenth degrees; drawn no more precisely than that
repair-centre = coordinates that stand for the middle of the country; not drawn
repair-by_name = no coordinates; placed by the name of the place
repair-columns_differ = two columns that say the same thing contradict each other; the first of them is used
repaired-differ = { $repair }: { $field } { $text }, { $other_field } { $other_text }
repaired-value = { $field }: { $text } read as { $value } ({ $repair })
repaired-swapped = { $repair }: { $lat }, { $lon } read as { $lon }, { $lat }

## Imports: rows that are kept

place-not-named = place not named
note-elsewhere-all = { $rows ->
    [one] its only row lies outside Afghanistan, Pakistan and Tajikistan ({ $countries }); nothing was imported
   *[other] all { $rows } rows lie outside Afghanistan, Pakistan and Tajikistan ({ $countries }); nothing was imported
}
note-elsewhere-some = { $rows ->
    [one] 1 row lies outside Afghanistan, Pakistan and Tajikistan: { $countries }
   *[other] { $rows } rows lie outside Afghanistan, Pakistan and Tajikistan: { $countries }
}
note-exchanged-all = with latitude and longitude swapped, all would lie inside; give latitude=COLUMN and longitude=COLUMN the other way round
note-exchanged-some = { $rows ->
    [one] with latitude and longitude swapped, one of them would lie inside
   *[other] with latitude and longitude swapped, { $rows } of them would lie inside
}
note-named = { $rows ->
    [one] 1 row without coordinates was placed by name: { $names }
   *[other] { $rows } rows without coordinates were placed by name: { $names }
}
note-nameable = { $rows ->
    [one] 1 row without coordinates names a known place, and is on no map until it is placed by name: { $names }
   *[other] { $rows } rows without coordinates name known places, and are on no map until they are placed by name: { $names }
}
name-and-rows = { $rows ->
    [one] { $name }, 1 row
   *[other] { $name }, { $rows } rows
}
names-more = { $count } more
elsewhere-unnamed = by their coordinates
field-geometry = geometry
note-unused-people = { $count ->
    [one] not used, though it looks like a number of people: { $columns }
   *[other] not used, though they look like numbers of people: { $columns }
}
note-unused-dates = { $count ->
    [one] not used, though it looks like a date: { $columns }
   *[other] not used, though they look like dates: { $columns }
}
note-unused-places = { $count ->
    [one] not used, though it looks like a place: { $columns }
   *[other] not used, though they look like places: { $columns }
}
note-half-exchanged = all dates stored as dates have a day up to 12, and those stored as text a later one: a spreadsheet may have swapped day and month in the former; compare them with the file's source
note-added = the figures in { $columns } are added up, as they are for different people
note-parts-left = { $count ->
    [one] the number of the killed is given as at least what is used, as another column of killed is not: { $columns }
   *[other] the number of the killed is given as at least what is used, as other columns of killed are not: { $columns }
}
flag-maybe-code = 999, 9999 or the like, which may be a code of what is not known, but stands there once or alone; it counts as a figure; compare it with where the file is from
read-no-date-column = no column was recognised as the date; say which with date_start=COLUMN, or year=COLUMN, of these: { $columns }
read-no-place-column = no column was recognised as a place; say which with country=COLUMN, coordinates=COLUMN, or latitude=COLUMN and longitude=COLUMN, of these: { $columns }
note-exported = an export of this map: its tolls follow the counting rule it was made with; the claims behind them, and open ends above a figure (“or more”), are not carried over
note-unknown-country = the file names { $name }, which is not one country; the point lies in { $found }
note-country = the file names { $named }, the point lies in { $found }
note-province = the file names { $named } province, the point lies in { $found }
note-former-unit = the file names { $unit }
note-no-province = { $name } is not the name of a province known here
note-nearest-province = the point lies up to 2 km outside and was given the nearest province
flag-contradiction = point and names contradict each other
by-name-place = { $name } → { $place }, within { $km } km
by-name-province = { $name } → the province { $province }
gazetteer-too-large = it is larger than { $mb } MB
gazetteer-missing = there is no such file
gazetteer-unreadable = it is not text in UTF-8 or UTF-16 that can be read: { $error }
gazetteer-no-csv = it cannot be read as CSV: { $error }
gazetteer-columns = a file of places needs the columns { $all }; it lacks { $missing }
gazetteer-row = row { $row }: { $fault }
gazetteer-more = { $count ->
    [one] { $count } more row is faulty
   *[other] { $count } more rows are faulty
}
gazetteer-fault = { $column } is { $text }, where { $expected } is expected
gazetteer-expected-name = the name of a place
gazetteer-expected-country = Afghanistan, Pakistan or Tajikistan, or AF, PK or TJ, separated by semicolons where there are several,
gazetteer-expected-longitude = a number of degrees east from -180 to 180
gazetteer-expected-latitude = a number of degrees north from -90 to 90
gazetteer-expected-radius = a number of kilometres above 0, up to 2000,
gazetteer-outside = { $name } at { $point } lies in none of the three countries; longitude comes before latitude
gazetteer-elsewhere = { $point } lies in { $found }, but the row names { $named }
flag-no-point = no coordinates: in counts and tables, but on no map
flag-local-day = times with an offset from UTC: the day in Kabul, Karachi or Dushanbe is used
flag-former-unit = the file names { $unit }, and is counted there
flag-out-of-order = low, best and high not in this order
summary-quoted = { $publisher }: “{ $words }”
summary-none = { $publisher } gives no further description.
summary-out-of-order = The file's low, best and high are not in this order; all three are kept unchanged.

## Imports: publishers

import-the-file = The file
read-acled-counts = it holds ACLED's counts by week or month and area, not events: a row has no day, place or actors of its own, so it cannot be shown as incidents; such counts are good for shading provinces; import ACLED's event file instead
read-counts = it holds counts of events or deaths by area and month or year, not events: a row has no day, place or actors of its own, so it cannot be shown as incidents; such counts are good for comparing countries and years; import a file of the events themselves instead
read-hapi-counts = it holds counts of events and deaths by area and month, made by the Humanitarian Data Exchange from ACLED's data, not events: a row has no day, place or actors of its own, so it cannot be shown as incidents; such counts are good for shading districts and for trends; import ACLED's event file instead
read-scad = it is a file of the Social Conflict Analysis Database (SCAD), which covers Africa, Mexico, Central America and the Caribbean: none of its events is in Afghanistan, Pakistan or Tajikistan
note-gtd-deaths = GTD counts attackers who died as well as victims
note-awsd-whose = its figures are for aid workers alone, not for all who died
note-sigacts-party = the reports are one party's: deaths of side A are of the reporting forces and the host nation's, of side B of those they fought
flag-gtd-doubt = GTD doubts that the incident meets its definition of terrorism
flag-gtd-multiple = one of several attacks that GTD counts as connected; deaths may be a share of the total
flag-sigacts-grid = no coordinates, and a military grid reference that cannot be read; not drawn
flag-awsd-pending = not yet verified by AWSD
whose-gtd = attackers are counted with the victims
whose-awsd = aid workers only
note-acled-before-2023 = columns as in ACLED's files before March 2023
note-gdelt-leads = GDELT codes news reports by machine: its rows are leads to follow up, and are never counted
licence-acled = ACLED's terms of use: its data as they are must not be passed on; credit ACLED on every graphic, with the day of access, the filters used, and what was changed or added
licence-gtd = GTD's end user agreement: its data must not be posted, displayed or passed on; no commercial use without a licence; cite it, and say what was changed
licence-awsd = not stated in the file: cite Humanitarian Outcomes and the Aid Worker Security Database, and ask them before passing on single incidents
licence-sigacts = none: reports of the US military that were published without its consent
licence-gdelt = free for any use with a citation of the GDELT Project and a link to it
claimant-acled-about = counts deaths by the most conservative report, for an event as a whole
claimant-gtd-about = counts what meets its own definition of terrorism; deaths include those of attackers, and vague figures are left out
claimant-awsd-about = counts aid workers alone, in incidents of major violence against them
claimant-sigacts = US-led forces, significant activity reports (SIGACTS)
claimant-sigacts-about = a party's own first reports; who fought, who was a civilian and how many died is as its units saw it
reference-sigacts = US-led forces: significant activity reports (SIGACTS), Afghanistan
claimant-gdelt-about = found in the news by a machine; leads, not incidents
claimant-ucdp-about = gives a low, a best and a high estimate of deaths, by side
claimant-ucdp-candidate = UCDP (Uppsala Conflict Data Program), candidate events
claimant-ucdp-candidate-about = monthly and preliminary; events may be changed or dropped in the yearly release
claimant-imported-from = imported from { $file }
dataset-reference = { $reference }, version { $version }
dataset-citation = { $reference }. { $url } (accessed { $day }).

## Imports: on a cluster

read-failed-on-worker = a worker cannot read it or store its part: { $error }
cluster-no-file = no file is there; ** matches folders, * part of a name
cluster-no-protocol = { $error }; an address begins with one of { $known }
cluster-cannot-look = that address cannot be read: { $error }
cluster-part-lost = { $part }, which a worker left, cannot be fetched: { $error }
cluster-cannot-write = { $address }: nothing can be written there: { $error }
cluster-this-code = this program's code
cluster-difference = { $what } { $here }, not { $there }
cluster-worker-differs = the worker on { $worker } differs from this machine: { $differences }; install the same requirements-cluster.txt and the same code there, and start it again
cluster-few-workers = the scheduler at { $address } has { $there } of { $wanted ->
    [one] { $wanted } worker
   *[other] { $wanted } workers
}; start some with: python -m dask worker { $address } --nthreads 1
cluster-worker-sees-nothing = the worker { $worker } does not see { $place }; keep the data folder on a disk that all machines share, under the same path, or let the workers leave their parts elsewhere: --exchange s3://…
cluster-worker-lacks = a worker cannot be used ({ $error }); it needs this program's code, where Python finds it, and requirements-cluster.txt: start it in the program's folder
cluster-no-scheduler = no scheduler answers at { $address } ({ $error }); start one with: python -m dask scheduler, and give the address that it prints, or --cluster local
cluster-scheduler-gone = the scheduler is gone ({ $error }); nothing was changed: import again
cluster-workers-died = { $file }: { $count ->
    [one] { $count } worker
   *[other] { $count } workers
} died on the same block; give each of them more memory, or fewer threads
cluster-wrong-provinces = { $count ->
    [one] { $count } row, { $example }, does not lie in the province that a worker joined it to
   *[other] { $count } rows, { $example } among them, do not lie in the province that a worker joined them to
}; nothing was changed: import again, and check the workers' disks

## Commands: help

help-examples = { $count ->
    [one] example:
   *[other] examples:
}
help-default = default: { $value }
help-output = file to write, - for standard output
help-format-by-ending = default: by the file's extension
help-json-keys =
    --format json prints one object: incidents (how many are selected), of (how many there are), filters (as in a link),
    rule (code, name and sentence: how every figure for people was made), data_version (SHA-256), and rows; where several
    datasets are counted together, datasets_in_words says how many incidents are from which, and where these differ.
command-validate = check an incident file and list everything that is wrong with it
command-locate = add province, distance to the Durand Line and side to a CSV file of points
command-list = list incidents
command-aggregate = count incidents and people by province, year, month or category
command-figure = draw a map for a report as PNG, SVG or PDF
command-export = write incidents as CSV, GeoJSON, GeoPackage, XLSX, GeoParquet or KML
command-import = import a file from ACLED, UCDP, GDELT or any table, every row accounted for
command-datasets = list, show, hide, remove, restore and publish imported datasets
command-diff = show what changed between two versions of the incident file
command-synth = write a made-up ACLED file for tests and benchmarks
command-schema = print the JSON Schema of the incident file
command-serve = serve the map to a browser on this machine
help-geo = Incidents on the Afghanistan–Pakistan–Tajikistan borders, by who claims what.
help-exit-codes = exit codes: 0 done, 1 faults in the data, 2 a mistake in the command, or it was interrupted.
help-data = folder of imported datasets (default: { $variable }, else one in the user's data)
help-data-or-address = folder of imported datasets, or its address, s3://BUCKET/FOLDER (default: { $variable }, else one in the user's data)
help-also-data = also the imported datasets in this folder, or at this address, s3://BUCKET/FOLDER, that are switched on (default: the record alone)
help-rule = casualty counting rule: { $codes }, one claimant of data/claimants.json (default: { $usual }, lowest to highest claim)
help-store = another incident file, with its registers beside it (default: { $variable }, else the one that came with the program)
help-filters = filters
help-filters-about = all must match; several values of one are alternatives
help-aggregate = Count incidents and people.
help-aggregate-by = what a row is
help-aggregate-more =
    An incident counts for the day it began and for each province reported for it. Those in several provinces are in
    the row of each, and in the row for several or no known province (none), which alone has their tolls; in_several
    says how many there are, and total counts each incident once. People are those of each row's own incidents; claims
    for a whole event cluster are kept apart, in cluster_claims and under the table, and count only where all its
    incidents are in the row. The record’s figures for single days of a closure or of returns are listed in
    crossed_flows, never added.

    { $json_keys }
    Rows have province_code, province, country and in_several, or year, month or category; incidents, with --data also
    incidents_NAME for those from each dataset (curated is the record); { $categories } (only where
    there are any), disputed; killed_, injured_ and crossed_ each with low, high, or_more, without (incidents that have no
    figure), differ (incidents whose accounts name different people) and ratio (highest over lowest of all claims,
    regardless of the rule); crossed_flows; cluster_claims; toll_rule. total is one such row. With --data, figures of
    datasets stand side by side and are never added, as they may overlap: killed_low_NAME and
    killed_high_NAME are those of a dataset beside the first, likewise injured_ and crossed_ if it gives any.
help-list = List incidents, oldest first.
help-list-more =
    --format csv prints what `export -o FILE.csv` writes, for any number of incidents; the other formats list at most 2,000.
    { $json_keys }
    Rows have the columns of an export.
help-schema = Print the JSON Schema of data/incidents.geojson.
help-serve = Serve the map to a browser, on this machine only unless another address is given.
help-serve-more =
    Imports are kept in the folder of --data. The record that came with an installed program is read-only;
    to edit one, copy it and name the copy with --store.
    Anything after -- is passed on to Streamlit; docs/serving.md says how to serve the map to others.
help-serve-address = address to listen on (default: localhost); other names by which a browser may call it: --server.allowedHosts
help-serve-no-browser = do not open a browser
help-serve-options = options for Streamlit, after --
serve-record = Record: { $file }
serve-shipped-record = Record: { $file }, which came with the program and is read-only; name another with --store FILE or { $variable }
serve-datasets = Imported datasets: { $place }
cli-no-port = { $given } is not a port; give a number from 1 to { $most }
cli-release-installed = an installed program cannot record releases: its log { $log } is replaced with it. Work in a clone, or name a log of your own with --log
help-synth = Write a made-up ACLED file for tests and benchmarks.
help-synth-rows = how many events, up to { $most }
help-synth-seed = another number, another file (default: 0)
help-synth-more =
    The columns are those of an ACLED event file, in its order. Events lie along the borders and around towns, between 1
    January 2017 and 30 September 2026; kinds, precisions and deaths are mixed as in such files. No event is real: every row
    says so in notes and in source, and its id begins with SYN. Same number and seed, same file.
help-validate = Check an incident file and the registers of claimants and event clusters beside it.
help-validate-file = default: the one in data/
help-validate-more =
    Each fault names the incident, the field and what is expected. Exit code 1 if there are any. A warning names what is
    valid but probably wrong, and leaves the exit code as it is: a denial under the name of a newspaper that only reports it.

    --format json prints one object: file, valid, incidents (valid ones), claims, version (SHA-256 of the data), and
    faults and warnings, lists of where, field, message.
help-export = Write incidents as { $formats }.
help-export-limit = { $format } holds at most { $most } incidents
help-export-progress = report progress on standard output, as lines of JSON
help-export-more =
    The file's extension sets the format, unless --format does. Every file names the rule under which people were
    counted and the data version; all but CSV carry the whole manifest: filters, counts, versions, boundary note. Beside a
    CSV, NAME.csv-metadata.json (W3C CSVW) carries it, with what a map leaves out, licence, citation, and what each column
    means. With --data, files of millions of incidents are written part by part: the record first, then each dataset. A name
    such as incidents.csv.zip zips the file, a CSV with its description.
    { $limits }.
help-figure = Draw a map of exactly the selected incidents for print: PNG, SVG (text stays text) or PDF.
help-figure-size = see below
help-figure-view =
    area to show: a box in degrees, W,S,E,N, or one of { $extents };
    { $all } are the three countries (default: provinces where some are selected, else selection; { $all } if all
    incidents are selected)
help-figure-text-title = default: what is shown
help-figure-text-subtitle = default: how many, and over which days
help-figure-text-caption = comes before what the map leaves out (default: none)
help-figure-text-credit = who made the figure (default: nobody is named)
help-figure-text-source = default: the record; the base map's sources stay
help-figure-type = size of type and symbols (default: M)
help-figure-style = the last two survive a photocopier (default: colour)
help-figure-no-legend = without the legend
help-figure-no-inset = without the map of the region
help-figure-no-key = without numbers and a key where there are few incidents
help-figure-outlines = SVG only: text as outlines, for Inkscape
help-figure-dpi = PNG only, { $lowest } to { $highest } (default: 300)
help-figure-again =
    a figure that was made before: the same incidents under the same rule, on the same ground, with the same options; says
    whether the data is still the same
figure-without-manifest = it is not a figure of this program; name a PNG, SVG or PDF that was made here
figure-again-same = Made again from the same data: code { $code }, as before.
figure-again-differs = Not the same figure as before: { $changed } changed since (code { $before } before, { $now } now).
figure-again-data = the data
figure-again-boundaries = the boundaries
figure-again-program = the program
figure-again-format = the file format
cli-again-with = takes everything from the figure; leave out --{ $option }
help-figure-more =
    sizes:
    { $sizes }

    The file's extension sets the format, unless --format does. The manifest is in the file's metadata.
help-datasets = List, show, hide, remove, restore and publish imported datasets.
help-datasets-id = of a dataset, as listed
help-datasets-address = to publish to, s3://BUCKET/FOLDER
help-datasets-more =
      list          the datasets, with version, licence and citation (the default)
      enable ID     show a dataset beside the record
      disable ID    do not show it; it stays where it is
      remove ID     remove it
      restore ID    bring a removed one back, within { $days } days; after that, the next import deletes it

      publish ID s3://BUCKET/FOLDER        put a dataset of the folder into object storage, for others to read
      publish-links s3://BUCKET/FOLDER     the same for links between reports of one incident

    --data also takes such an address; so does INCIDENT_MAP_DATA, for the map, which only reads there. Credentials come
    from your environment. A dataset that is removed there keeps its files until you delete them.

    --format json prints a list of objects: what each dataset is, with counts, days, figures, licence and citation.
help-diff = Show what changed between two versions of the store.
help-diff-old = a released version, a file, a folder or git:REVISION
help-diff-new = the same; default: the record as it is now
help-diff-release = release NEW as the version NAME
help-diff-before = what OLD is called in the log, unless it is a version's name
help-diff-log = default: data/CHANGELOG.json
help-diff-more =
    OLD and NEW are a released version by its name, an incident file, the folder it is in, or git:REVISION; NEW defaults to
    the record as it is now. Registers are read from beside the file; a file without claimants.json is read with the
    registers of the other side. Released versions are those of data/CHANGELOG.json; their stores are in data/versions/.

    It lists incidents added, removed and changed by field, with their claims and sources, changes to the registers, and
    the effect on the totals, under the rule that --rule names. Order and layout do not count. Claims and sources are
    matched by content, so moving one is not a change.

    With filters it covers a selection: incidents that match in one of the versions or in both. Totals before and after
    are those of the incidents that match in that version. Filters go after OLD and NEW.

    Exit code 0 whether or not anything differs; 1 if incidents of either version cannot be read and were not compared. If
    no incident of a version can be read, no difference is printed.

    --release NAME releases NEW: the difference goes into the log of versions, the store into the folder versions/ beside
    it. Used again with the same name, it updates both, until another version is released after it.
help-import = Import a file into a dataset that is shown beside the record, every row accounted for.
help-import-file = file to import; with --cluster also s3://BUCKET/*.csv
help-import-from = kind of file (default: detected from its columns)
help-import-dataset = dataset it goes into (default: by publisher, or by file name)
help-import-map = which column holds a field
help-import-retrieved = when it was fetched, YYYY-MM-DD (default: today)
help-import-table = which sheet, layer or file inside, where there are several; repeat it to read several as one
help-import-header-row = line with the header, from 1; 0 if there is none (default: detected from the first lines)
help-import-encoding = text encoding, as in cp1256 (default: detected from the file)
help-import-by-name = place rows without coordinates by the names of towns, crossing points and provinces; the matches are shown, and have to be confirmed unless --yes is given
help-import-gazetteer = CSV of your own places, looked up first: name, other_names (separated by semicolons), country (AF, PK or TJ), longitude, latitude, radius_km; implies --by-name
help-import-dry-run = only report; write nothing
help-import-report = write the report as JSON, - for standard output
help-import-rejected = write the rejected rows as CSV
help-import-repaired = write every repair as CSV, with its row and incident; the report has three examples of each kind
help-import-yes = accept changes to a dataset without being asked
help-import-cluster = run on the Dask cluster of the scheduler there, tcp://HOST:8786, or on workers started here: local
help-import-workers = with --cluster: how many to start, or to wait for
help-import-exchange = with --cluster: where workers that do not see the data folder leave their parts, s3://BUCKET/FOLDER
help-import-more =
    FILE is an event file of ACLED, UCDP GED (final or candidate) or GDELT, recognised by its columns, or a plain table: CSV,
    TSV, XLSX, XLS, ODS, DBF, HTML, JSON, GeoJSON, KML, GPX, GML, GeoPackage, FlatGeobuf, Parquet, or a shapefile or MapInfo table
    in a zip file; others also in gz or zip. For a plain table, --map says which column holds what
    where its name does not; for any file, --map date_order=month-day or =day-month says how 03/04/2025 is read. The
    mapping of a plain table is kept for the next file with the same columns.

    Every row ends as accepted, repaired or rejected. --rejected writes the rejected ones with the reason, to repair and
    import again. A newer file of a dataset replaces rows by id and keeps what it does not cover; the changes are
    shown, and have to be confirmed unless --yes is given.

    Exit code 1 if the file cannot be read, none of its rows can be imported, or the change was not accepted.
help-locate = Say for each point in a CSV file which province it is in, and where it lies relative to the Durand Line.
help-locate-points = UTF-8, with a header; - for standard input
help-locate-lon = column of the longitude, degrees WGS84
help-locate-lat = column of the latitude, degrees WGS84
help-locate-uncertainty = column of the radius within which the place may lie
help-locate-prefix = prefix for the names of added columns
help-locate-more =
    Adds the columns
      country        ISO 3166-1 alpha-2; empty outside Afghanistan, Pakistan and Tajikistan
      province_code  ISO 3166-2; a point up to 2 km outside every province is given the nearest
      province       its name
      border_km      distance to the Durand Line, geodesic, km
      chainage_km    place along it, km from its south-western end
      side           AF or PK
      side_decided   with --uncertainty-km: false where the line is within that radius
    The other columns stay as they are. A row without coordinates, or with impossible ones, gets empty cells; impossible
    ones are named on standard error, with exit code 1. Standard error says why for every row without a country.
    The file is written whole or not at all.
help-version = incident-map { $version }

## Commands: what they print

cli-footer = { $counted }. People: { $rule }. { $rule_sentence }
cli-warning = warning: { $fault }
cli-faults-left-out = { $file }: { $count ->
    [one] { $count } fault
   *[other] { $count } faults
}; faulty entries are left out
cli-more-faults = … and { $count } more; `python -m geo validate` lists all
cli-and-more = … and { $count } more
cli-all = all
cli-people-by = { $about } by { $dataset }
cli-of-cluster = claimed for an event cluster: { $claims }
cli-not-added = not added up: { $claims }
heading-id = id
heading-when = when
heading-category = category
heading-status = status
heading-where = where
heading-killed = killed
heading-incident = incident
heading-title = title
heading-version = version
heading-rows = rows
heading-first = first
heading-last = last
heading-shown = shown
heading-file = file
cli-synthetic-events = { $count ->
    [one] { $count } synthetic event
   *[other] { $count } synthetic events
}
cli-validated = { $file }: { $incidents ->
    [one] { $incidents } valid incident
   *[other] { $incidents } valid incidents
}, { $claims ->
    [one] { $claims } claim
   *[other] { $claims } claims
}, { $faults ->
    [0] no faults
    [one] { $faults } fault
   *[other] { $faults } faults
}{ $warnings ->
    [0] {""}
    [one] , { $warnings } warning
   *[other] , { $warnings } warnings
}
cli-no-address = { $fault }; the CSV is cited without an address
cli-links-published = { $count ->
    [one] { $count } decision
   *[other] { $count } decisions
} about pairs of reports, now at { $place }
cli-dataset-published = { $id }: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, now at { $place }
cli-copied = { $file }, { $mb } MB
cli-terms = { $id }: licence: { $licence }; cite: { $citation }
cli-no-datasets = No dataset has been imported into { $place }.
cli-removed = removed
cli-not-shown = not shown
cli-is-released = { $name } is the released version; write ./{ $name } for the one here
cli-no-releases = { $log }: no released version is known, as the log cannot be read: { $why }
cli-faults-of-older = { $name }: { $count ->
    [one] { $count } fault
   *[other] { $count } faults
} under the current rules; what cannot be compared is listed below
cli-not-compared = { $name }: none of its incidents can be read, so nothing was compared; repair the faults above, or name as the other a version that has a { $file }
cli-released = { $log }: version { $name } recorded; its store is { $file }
report-file = { $file }: { $kind }, { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, into dataset { $dataset }
report-rows = accepted { $accepted }, repaired { $repaired }, rejected { $rejected }
report-repaired = repaired in { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}: { $repair }
report-row = row { $row }: { $text }
report-noted = noted for { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}: { $what }
report-rejected = rejected for { $field }: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
report-rejected-more = … and { $count } more; --rejected writes all
report-columns-used = columns used: { $columns }
report-columns-unused = columns not used, kept with each row: { $columns }
report-column = { $column } as { $field }
report-no-figures = no figure of people killed in any row
report-rows-alike = { $more ->
    [one] { $first }; 1 more such row
   *[other] { $first }; { $more } more such rows
}
report-killed = killed, low / best / high: { $killed }
report-killed-and-rejected = killed, low / best / high: { $killed }; in rejected rows: { $rejected }
report-seconds = { $seconds } s
release-difference = Against the previous release: { $new } new, { $changed } changed, { $gone } gone, { $same } the same, { $kept } not covered by the file and kept
release-field = { $field }: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
} changed
release-row-new = new { $id } ({ $when }) { $title }
release-row-changed = changed { $id } ({ $when }) { $title }
release-row-gone = gone { $id } ({ $when }) { $title }
release-more-new = … and { $count } more new
release-more-changed = … and { $count } more changed
release-more-gone = … and { $count } more gone
release-nothing = nothing
release-killed = killed, low / best / high: { $before } before, { $after } after
progress-reading = reading: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, { $percent }%
progress-comparing = comparing with the previous release: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, { $percent }%
progress-done = done: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, { $percent }%
progress-left = { $progress }, { $seconds } s left
cli-name-tables = { $reason }; name it with --sheet NAME, and several that are to be read as one with --sheet for each
cli-by-name = --by-name places them so
cli-dry-run = Dry run: nothing was written.
cli-rows-stand = { $id } now holds { $rows ->
    [one] { $rows } row.
   *[other] { $rows } rows.
}
cli-nothing-changed = Nothing was changed.
cli-no-usable-row = No row can be imported; nothing was changed.
cli-none-rejected = { $file }: not written, no row was rejected
cli-give-yes = Give --yes to accept the change.
cli-accept = Accept the change?
points-more-faults = … and { $count ->
    [one] { $count } more fault
   *[other] { $count } more faults
}
points-located = { $file }: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, { $nowhere } without a usable place
points-blank = { $count ->
    [one] row { $rows } is left empty: it has no coordinates
   *[other] rows { $rows } are left empty: they have no coordinates
}
points-outside = { $count ->
    [one] row { $rows } has no country: it lies outside Afghanistan, Pakistan and Tajikistan
   *[other] rows { $rows } have no country: they lie outside Afghanistan, Pakistan and Tajikistan
}

## Commands: what is refused

cli-fault = { $program } { $command }: error: { $why }
cli-argument = argument { $option }: { $why }
cli-no-data-folder = there is no folder { $folder }; import a file into it first, or leave the option out for the record alone
cli-no-folder = { $file } cannot be written: name a file in a folder that exists
cli-is-read = { $file } is the input; write to another file
cli-disk = { $file }: { $error }
cli-standard-output = standard output
cli-folder-of-datasets = the folder of imported datasets
cli-interrupted = interrupted; nothing unfinished is kept
cli-reader-gone = the rest is not shown: the program reading standard output was closed
cli-unexpected = { $program } { $command }: error: the program failed ({ $error }); see { $file }
cli-unwritable = { $file } cannot be written: { $error }
cli-unreadable = { $file } cannot be read: { $error }
cli-is-folder = { $folder } is a folder; name a file in it
cli-no-file = there is no file { $file }
cli-no-register = there is no file { $file }; the claimant register must be beside the incident file
cli-no-format = the extension of { $file } names no format; use one of: { $known }
cli-none-of = { $given } is none of: { $known }
cli-rule-without-figures = { $code } states no figure that counts; choose a claimant who does
cli-rule-close = { $error }; did you mean { $close }?
cli-rule-listed = { $error }; data/claimants.json lists them
cli-dataset-needs-data = { $dataset } needs --data, the folder or the address of the imported datasets
cli-no-incident-has = no incident has { $given }; accepted: { $known }
cli-until-first = { $until } is before --since { $since }
cli-no-number-of-events = { $given } is not a possible number of events; give 1 to { $most }
cli-no-seed = { $given } is not a seed; give a whole number, as in 7
cli-output-in-the-way = the file goes to standard output; give it a name with -o
cli-no-box = { $given } is not a box within { $ground }; write west,south,east,north in degrees, as in 69,32,72,35, or one of { $known }
cli-no-resolution = { $given } is not a possible resolution; give { $lowest } to { $highest }
cli-publish-what = say what to publish and to which address, as in: datasets { $example }
cli-takes-no-address = { $action } takes no address; name the folder with --data { $address }
cli-takes-no-dataset = { $action } takes no dataset
cli-which-dataset = say which dataset to { $action }, as in: datasets { $action } acled
cli-no-version = there is no file { $file }; name { $instead }
cli-version-file = an incident file
cli-version-folder = its folder
cli-version-released = a released version ({ $names })
cli-no-file-name = { $given } cannot be a file name: { $error }
cli-no-revision = { $given } is not a Git revision; write it as in git:v0.1.0
cli-not-in-revision = Git has no { $file } in revision { $revision }; name one that `git log -- { $file }` lists
cli-no-git = git: there is no Git on the PATH; name a file or a folder instead
cli-git-slow = git did not answer within { $seconds } s
cli-not-released = { $name } is not released
cli-no-version-name = { $given } cannot be a version name; write it as in 0.2.0
cli-version-too-like = { $given } is too like the name of another version
cli-version-both = OLD is also called { $name }; give NEW another name
cli-version-alone = { $side } has no { $file } beside it, and a released version needs its own
cli-version-fixed = the log has the data version { $known } for { $name }, which a later version was compared with, so it cannot change; the one given has { $given }
cli-version-same = { $side } is version { $other }, byte for byte, and cannot also be { $name }; call it { $other }, or give another store
cli-folder-not-made = { $folder } cannot be created: { $error }
cli-goes-with-release = it needs --release, the name of NEW
cli-released-whole = a version is released whole, under the rule { $rule }; leave the rest out
cli-before-what = say what OLD is called in the log, as it is not a released version
cli-not-installed = { $module } is not installed; install it with: pip install -r requirements-cluster.txt
cli-goes-with-cluster = it needs --cluster
cli-is-address = { $address } is an address; files elsewhere are read with --cluster local
cli-no-number-of-workers = { $given } is not a possible number of workers; give at least 1
cli-no-number-of-row = { $given } is not a line number; lines are counted from 1, and 0 means no header
cli-no-mapping = { $given }: write it as in --map date_start=Day
points-empty = is empty; expected the names of columns
points-no-csv = is not CSV: { $error }
points-no-degrees = is empty; expected degrees from -{ $limit } to { $limit }
points-no-number = { $given } is not a number; write degrees as in 71.5
points-impossible = { $given } is impossible; expected degrees from -{ $limit } to { $limit }
points-exchanged = { $count } of { $points } points { $count ->
    [one] lies
   *[other] lie
} outside of the three countries, and would not with longitude and latitude exchanged; look whether the columns, or lon= and lat=, are the wrong way round
points-no-radius = { $given } is not a radius; expected kilometres, 0 or more
points-row-too-long = has { $count ->
    [one] { $count } cell
   *[other] { $count } cells
}, but the header has { $header }
cli-no-column = { $file } has no column { $column }; it has: { $known }
cli-column-taken = { $file } already has a column { $column }; choose another --prefix, as in --prefix located_

manifest-data-credit = Incidents: Incident map, CC BY 4.0.
manifest-incidents = Incidents
manifest-on-map = On a map
manifest-in-several = In several provinces
manifest-several-datasets = Figures of several datasets
manifest-boundaries = Boundaries
manifest-credit = Credit
manifest-made = Made
manifest-code = Code
manifest-program-version = Program version
manifest-whole = Manifest
csv-formulas = A text that a spreadsheet would take for a formula has an apostrophe before it.
csv-encoding = The file is UTF-8 and begins with a byte-order mark, which tells Excel and LibreOffice so. Its column types, for QGIS, are in a .csvt beside it where the command line writes it, and in its zip.
kml-too-many = shown by programs that read KML (write GeoPackage or GeoJSON)

## Casualty counting rules

# Beside a number, in a list of rules, what the size of a symbol stands for, and whose figures count
counting-rule-range = lowest–highest claim
counting-rule-range-title = lowest–highest claim
counting-rule-range-deaths = deaths, highest claim
counting-rule-range-counts = Lowest to highest figure that anybody asserts or acknowledges
counting-rule-lowest = lowest claim
counting-rule-lowest-title = lowest claim
counting-rule-lowest-deaths = deaths, lowest claim
counting-rule-lowest-counts = The lowest figure that anybody asserts or acknowledges
counting-rule-highest = highest claim
counting-rule-highest-title = highest claim
counting-rule-highest-deaths = deaths, highest claim
counting-rule-highest-counts = The highest figure that anybody asserts or acknowledges
counting-rule-own-side = according to the victims’ own side
counting-rule-own-side-title = the victims’ own side
counting-rule-own-side-deaths = deaths, according to the victims’ own side
counting-rule-own-side-counts = Each loss according to claimants of the victims’ own side; victims whose side a claim does not name are counted with the country they were in
counting-rule-independent = according to independent sources
counting-rule-independent-title = independent sources
counting-rule-independent-deaths = deaths, according to independent sources
counting-rule-independent-counts = Only figures of claimants that the register lists as independent of the parties: UN, hospitals, third countries, media, residents
counting-rule-claimant = according to { $claimant }
counting-rule-claimant-title = { $claimant }
counting-rule-claimant-deaths = deaths, according to { $claimant }
counting-rule-claimant-counts = Only figures that this one claimant asserts or acknowledges
counting-rules-sentence = { $counts }; rival claims are never added; claims for a whole event cluster count only where all its incidents are selected; wider and partial figures, and the record’s single days of a closure or of returns, never do.

## Columns of files: what each means

# In every table that has a column of this name
meaning-dataset = Where it is from; curated is the store itself
meaning-category = { $categories }
meaning-subtype = Exact kind, within the category
meaning-status = { $statuses }: whether the core of the incident is accepted, not its toll
meaning-title = Title
meaning-summary = Summary
meaning-date_start = First day; where date_precision is not day, the first possible one
meaning-when = When, in words no more precise than the day is known
meaning-place = Place as reported
meaning-district = District (admin-2) as reported
meaning-provinces = All provinces that it lies in as reported, separated by semicolons
meaning-province_codes = Their ISO 3166-2 codes, separated by semicolons
meaning-country = ISO 3166-1 alpha-2; of an incident in several countries the one that it is recorded under
meaning-countries = All countries that it lies in as reported, ISO 3166-1 alpha-2, separated by semicolons
meaning-lon = Degrees WGS84, best point for the place; read it with uncertainty_km
meaning-lat = Degrees WGS84, likewise
meaning-uncertainty_km = Radius in km; for a border segment half its length
meaning-actors = Who took part, separated by semicolons
meaning-event_group = Its event cluster
meaning-claim_count = How many claims the record holds
meaning-claims_in_words = Who says what, claims separated by |
meaning-source_count = How many sources the record holds
meaning-source_urls = Their addresses, separated by spaces
meaning-border = The nearer of the two borders
meaning-chainage_km = Place along it from its south-western end, km
meaning-side_decided = True where side_probability is 1; if imported and without one, where border_km is over uncertainty_km
meaning-side_probability = How likely that side is, every spot being equally likely; empty for a stretch of border, or if imported in a large file
meaning-joined_province_code = ISO 3166-2 code of the province that the best point lies in
meaning-data_version = SHA-256 of the data that the row was made from
meaning-incident = The incident's id
meaning-claimant_side = Country or party that the claimant speaks for
meaning-claimant_kind = What kind of claimant
meaning-independent = Whether the claimant is independent of the parties
meaning-by_text = The speaker as quoted
meaning-stance = asserts, denies, acknowledges or unconfirmed
meaning-about = What the claims are about
meaning-value = An exact figure
meaning-low = At least
meaning-high = Up to
meaning-of = Whose loss, or what
meaning-scope = incident, or group: the whole event cluster
meaning-source = Number of its source among the incident's sources, from 1
meaning-publisher = Publisher
meaning-url = Address
meaning-published = Day of publication
meaning-archived_url = Address of an archived copy
meaning-figure = The figure denied; 0: says that there were none; empty without one
meaning-answer = Who on record says the opposite of it
meaning-contradicts = Claims that say the opposite, separated by |: speaker, claim, source, incident
meaning-beside_it = Where nobody says the opposite of this: who says it about another incident in the event cluster, same days
meaning-running_totals = Where nobody says the opposite: figures of the same people that count in no total, as they may cover more
meaning-own_side_acknowledges = What others in its own party acknowledge nonetheless; likewise
meaning-incidents = Incidents that the filters select and that began in it
meaning-asserts = Incidents about which it asserts something
meaning-acknowledges = Incidents about which it acknowledges something
meaning-unconfirmed = Incidents about which it leaves something unconfirmed
meaning-figures = Numbers it asserts or acknowledges
meaning-contradicted = Incidents in which another claimant contradicts it
meaning-whom = Whose loss, or what; wordings for the same people are one
meaning-way = denial: one denies what other says; figures: one is lower, no number fits both; part: for the same people, one’s figure for the whole event cluster, or for several places, leaves no room for other’s figure for this incident; accounts: of who did it
meaning-one_claimant = Who denies, gives the lower figure or that for the whole, or is listed first
meaning-statement-stance = asserts, denies or acknowledges
meaning-statement-figure = Its figure in words; empty without one
meaning-statement-note = What it says, from the record
meaning-statement-publisher = Publisher of the source
meaning-statement-url = Address of the source
meaning-other_claimant = Whom it contradicts
meaning-times = Highest over lowest figure; empty where the lowest is 0
meaning-apart = Difference between the two figures, people
meaning-lowest = Lowest figure; of two claimants' accounts of the same people, never to be added
meaning-lowest_claimant = Claimant who states it
meaning-highest = Highest figure, likewise
meaning-highest_claimant = Claimant who states it
meaning-speakers = Who speaks: several sides, one with or without independent claimants, or these alone
meaning-sources = Publications, each once
meaning-weak_sources = Source entries that are mirrors or aggregators
meaning-only_weak = Whether all of them are
meaning-first_report = Day of the earliest dated source; an undated one may be earlier
meaning-days_to_first_report = From date_start; empty where the day is not known
meaning-month = Its first day; only months with a day that the filters select
meaning-state = What the number means: on record, quiet, thin, selected in part, not researched
meaning-code = Code of the border, or ISO 3166-2; unknown where it lies along neither, or in no known province
meaning-year = Year that the filters select and the record covers
meaning-source_entries = Their source entries
meaning-sources_per_incident = source_entries / incidents; empty without incidents
meaning-single_source = Of the incidents, how many rest on one publication
meaning-single_share = single_source / incidents; empty without incidents
meaning-months_found = Months in which at least one of the incidents began
meaning-months = Months of the year that the filters select and the record covers
meaning-median_delay_days = From the first day to the first dated report; empty where it is not known
meaning-gaps = When and why the record is known to be thin there, separated by |
meaning-outlet = Who published, agencies' texts under the outlet that carries them
meaning-alone = Of these, incidents with no other outlet
meaning-weak = Whether all its entries are mirrors or aggregators
meaning-first_title = Its title
meaning-second = The later incident's id
meaning-second_title = Its title
meaning-days_apart = Between the possible days of each; 0 where these overlap
meaning-km_apart = Between their best points; read it with uncertainty_km of both
meaning-same_event_cluster = Whether the record has both in one event cluster
meaning-differs = What differs between them, under the casualty counting rule
meaning-same = What does not
meaning-of-category = Of these, { $incidents }
meaning-in_several = Of these, incidents also in other provinces; what is claimed about them is in the row none
meaning-rare-category = Of these, incidents of other kinds; imported datasets alone have them
meaning-disputed = Of these, contradicted by a party
meaning-disputed_share = disputed / incidents; empty without incidents
meaning-area_km2 = Area, square kilometres
meaning-per_10000_km2 = incidents per 10,000 square kilometres
meaning-per_100_km_border = incidents per 100 kilometres of border, near the border or not
meaning-first_in_words = When that was, no more precisely than it is known
meaning-last = Day on which the last incident began, or the first possible one
meaning-last_in_words = When that was, no more precisely than it is known
# In the table of incidents
meaning-incidents-id = The incident's id
meaning-incidents-date_end = Last day, inclusive, or the last possible one; empty where no end is on record
meaning-incidents-date_precision = { $date_precisions }: how well the time is known
meaning-incidents-province = Province (admin-1) as reported; if several, the first; empty if unknown or unranked
meaning-incidents-province_code = Its ISO 3166-2 code
meaning-incidents-location_precision = How well the place is known; only { $points } may be drawn as points
meaning-incidents-event_group = Joins incidents of one event cluster
meaning-incidents-crossed_flows = Figures for people who crossed during a closure or returns, each for its day; never add them up
meaning-incidents-cluster_claims = The same in words: by whom, days and places of the cluster, how many of its incidents are selected
meaning-incidents-toll_rule = The rule under which every figure for people in this row was made
meaning-incidents-border_km = Distance to it from the best point, km
meaning-incidents-side = Country on whose side the best point lies, ISO 3166-1 alpha-2
# In the table of claims
meaning-claims-number = Position among the incident's claims, from 1
meaning-claims-by = The claimant's id
meaning-claims-claimant = Who says it
meaning-claims-about = What the claim is about
meaning-claims-scope = What the figure covers: incident, group (the whole event cluster), cumulative (never add it up)
meaning-claims-note = Note
meaning-claims-publisher = That source's publisher
meaning-claims-url = That source's address
# In the table of sources
meaning-sources-number = Position among the incident's sources, from 1
meaning-sources-kind = outlet, agency, official, aggregator_or_mirror or seed
# In the table of denials
meaning-denials-incident = Id of the incident whose record holds the denial
meaning-denials-number = Position among the incident's claims, from 1; with incident the denial's key
meaning-denials-when = When the incident was, no more precisely than it is known
meaning-denials-date_start = First day of that incident
meaning-denials-title = Title of that incident
meaning-denials-by = Id of the claimant who denies
meaning-denials-claimant = Claimant who issues the denial
meaning-denials-denies = What is denied, in words
meaning-denials-about = What the denial is about
meaning-denials-scope = incident, group (the whole event cluster) or cumulative (over a longer time)
meaning-denials-note = What it says, from the record
meaning-denials-publisher = Publisher of the source
meaning-denials-published = Day of its publication
meaning-denials-url = Address of the source
# In the table of claimants
meaning-claimants-id = The claimant's id
meaning-claimants-name = Name of the claimant
meaning-claimants-side = Country or party the claimant speaks for
meaning-claimants-kind = What kind of claimant
meaning-claimants-incidents = Incidents with a claim of this claimant
meaning-claimants-denies = Incidents about which it denies something
# In the tables of contradictions and of gaps
meaning-matter-incident = Id of the incident that opens it
meaning-matter-date_start = First day of that incident; where its day is not known, the first possible one
meaning-matter-when = When it was, in words no more precise than the day is known
# In the table of incidents on the page on data quality
meaning-quality-location_precision = How well the place is known
meaning-quality-date_precision = How well the day is known
meaning-quality-outlets = Outlets that published them
# In the table of months
meaning-months-reason = Why it is not researched, or thin on all or some of the ground that the filters select
# In the table of borders and provinces
meaning-grounds-kind = border or province: each incident counts in one border row, and in one row for each of its provinces
meaning-grounds-name = Its name
meaning-grounds-outlets = Outlets that published them, an agency's text under the outlet that carries it
# In the table of outlets
meaning-outlets-incidents = Incidents with a source of the outlet
# In the table of weak sources
meaning-weak-incidents = Ids of the incidents that cite it, separated by spaces
# In the table of pairs that may be one
meaning-pairs-first = The earlier incident's id
# In the table of what was left out of the record
meaning-excluded-id = Id it was coded under
meaning-excluded-date_start = First day
meaning-excluded-date_end = Last day
meaning-excluded-reason = Why it was left out
# In the table of provinces
meaning-provinces-province_code = ISO 3166-2; none for the row of incidents in several provinces, or in one that is not known
meaning-provinces-province = Its name
meaning-provinces-incidents = Incidents that the filters select, by province as reported; one in several is in the row of each and in the row none, so the column adds up to more than there are
meaning-provinces-crossed_flows = Single figures for people who crossed during a closure or returns; never added up
meaning-provinces-cluster_claims = What is claimed for whole event clusters; in no figure in the row unless it says so
meaning-provinces-toll_rule = The rule under which every figure for people in the row was made
meaning-provinces-border_km = Length of its part of { $borders }, kilometres
meaning-provinces-first = Day on which the first incident began, or the first possible one
meaning-provinces-of-dataset = Of these, incidents from { $dataset }; curated is the record itself
meaning-provinces-beside-low = { $people }, lowest figure that { $dataset } gives, under toll_rule; may overlap with { $column }, never to be added to it
meaning-provinces-beside-high = { $people }, highest figure that { $dataset } gives, under toll_rule; may overlap with { $column }, never to be added to it
# Figures for people
meaning-people-low = People { $about } in this incident, lowest figure under toll_rule; empty where nobody states one
meaning-people-high = People { $about } in this incident, highest figure under toll_rule
meaning-people-or_more = Whether somebody says “at least” { $column }
meaning-people-differ = Where accounts of the { $about } name different people, civilians or militants: which and by whom
meaning-people-ratio = Highest over lowest of all claims, regardless of the rule; empty without a figure, or where the lowest is 0
meaning-cluster-low = People { $about }, as claimed for the whole event_group, lowest figure; the same in each of its rows: never add it up
meaning-cluster-high = People { $about }, as claimed for the whole event_group, highest figure; likewise
meaning-province-low = { $people }, lowest figure under toll_rule; empty where nobody states one; never to be added up
meaning-province-high = { $people }, highest figure under toll_rule; never to be added up
meaning-province-or_more = Whether somebody says “at least” the highest figure
meaning-province-ratio = Highest over lowest of all claims, regardless of the rule; empty without a figure or where it is 0
meaning-province-without = Incidents in the row without a figure of their own under toll_rule
meaning-province-differ = Incidents whose accounts name different people, civilians or militants
# In a GeoPackage
meaning-symbol_px = Diameter of a circle with the symbol's area, by killed_high, 12 to 40 px
meaning-uncertainty-uncertainty_km = Radius of the circle in km; the place lies within it
meaning-uncertainty-lon = Middle of the circle, degrees WGS84
meaning-uncertainty-lat = Likewise
meaning-uncertainty-incidents = How many of the selected incidents lie in it, of this category
meaning-incidents-area = The row of areas or stretches that it is drawn as; empty where it is a point, or has no place
meaning-areas-area = ISO 3166-2 codes of provinces; else the middle, degrees north and east, and the radius, of a stretch after its border
meaning-areas-area_name = Its name, as reported
meaning-areas-location_precision = How well its incidents are known: district, province or border_segment
meaning-areas-uncertainty_km = Radius in km; half the length of a stretch; of its first incident where it is a province
meaning-areas-incidents = How many of the selected incidents are known to it and to nothing smaller
meaning-areas-category = That of all of them, or several
meaning-areas-status = That of all of them; empty where they differ
meaning-areas-dataset = That of all of them; empty where they differ
meaning-boundaries-province_code = ISO 3166-2
meaning-boundaries-province = Its name
meaning-boundaries-border = What the border is called
meaning-boundaries-name = Its name
meaning-boundaries-status_note = What is disputed about it, or how it is used
meaning-boundaries-uncertainty_km = How far the point may be off, km
meaning-boundaries-rank = 1, shown first, to 4
meaning-neighbours-country = ISO 3166-1 alpha-3
layer-incidents = Places known exactly or approximately: shape and colour by category, hollow where { $hollow }, a dark outer line where imported, area by killed_high. Those on one spot are set around it, and many close together become a disc with their number. Incidents known less precisely have a row here but no point; their column area says where they are drawn.
layer-areas = Districts and provinces that incidents are known to, each once, by category, unfilled where all are { $hollow }, a dark outer line where all are imported; grey for several categories. The number counts its incidents.
layer-stretches = Stretches of a border that incidents are known to, each once, by category, dashed where all are { $hollow }, a dark outer line where all are imported. The number counts its incidents.
layer-uncertainty = True-scale circles within which approximately known places lie, by category.
layer-provinces = Provinces with their names, as a base for the other layers.
layer-borders = { $borders }, with their names along them.
layer-crossing_points = Border crossing points as small squares, with their names when zoomed in.
layer-towns = Larger towns, for orientation.
layer-neighbours = Surrounding countries, as a base.
layer-called-incidents = Incidents
layer-called-areas = Known to a district or province
layer-called-stretches = Known to a stretch of border
layer-called-uncertainty = Circles of uncertainty
layer-called-provinces = Provinces
layer-called-borders = Borders
layer-called-crossing_points = Crossing points
layer-called-towns = Towns
layer-called-neighbours = Surrounding countries
layer-called-claims = Claims
layer-called-sources = Sources
layer-called-columns = What columns mean
layer-called-manifest = About this file
area-of-several = several categories
project-tables = Tables
area-middle = { $lat } { $lon } ±{ $km } km
area-on-border = { $border } { $area }
# What columns are called where a program shows that in place of their names
alias-id = Id
alias-dataset = Dataset
alias-category = Category
alias-subtype = Subtype
alias-status = Status
alias-title = Title
alias-summary = Summary
alias-date_start = First day
alias-date_end = Last day
alias-date_precision = Date precision
alias-when = When
alias-place = Place
alias-district = District
alias-province = Province
alias-province_code = Province, code
alias-provinces = All provinces
alias-province_codes = All provinces, codes
alias-country = Country
alias-countries = All countries
alias-location_precision = Location precision
alias-lon = Longitude
alias-lat = Latitude
alias-uncertainty_km = Uncertainty, km
alias-actors = Actors
alias-event_group = Event cluster
people-alias-low = { $people }, lowest
people-alias-high = { $people }, highest
people-alias-or_more = { $people }, or more
people-alias-differ = { $people }, accounts that differ
people-alias-ratio = { $people }, highest over lowest
people-alias-flows = { $people }, single figures
cluster-alias-low = { $people } in the event cluster, lowest
cluster-alias-high = { $people } in the event cluster, highest
cluster-alias-or_more = { $people } in the event cluster, or more
alias-cluster_claims = Claimed for the event cluster
alias-toll_rule = Casualty counting rule
alias-claim_count = Number of claims
alias-claims_in_words = Claims in words
alias-source_count = Number of sources
alias-source_urls = Addresses of sources
alias-border = Nearer border
alias-border_km = Distance to the border, km
alias-chainage_km = Place along the border, km
alias-side = Side of the border
alias-side_decided = Side is certain
alias-side_probability = Probability of the side
alias-joined_province_code = Province of the point, code
alias-data_version = Version of the data
alias-area = Area
alias-symbol_px = Diameter of the symbol, px
alias-area_name = Name of the area
alias-incidents = Incidents
alias-area_km2 = Area, km²
alias-name = Name
alias-status_note = Status
alias-rank = Rank
alias-incident = Incident
alias-number = Number
alias-by = Claimant, id
alias-claimant = Claimant
alias-claimant_side = Side of the claimant
alias-claimant_kind = Kind of claimant
alias-independent = Independent
alias-by_text = Speaker as quoted
alias-stance = Stance
alias-about = About
alias-value = Exact figure
alias-low = At least
alias-high = Up to
alias-of = Whose loss, or what
alias-scope = Scope
alias-note = Note
alias-source = Number of the source
alias-publisher = Publisher
alias-url = Address
alias-published = Published
alias-kind = Kind of source
alias-archived_url = Archived copy

## Maps in the browser: playback over time

playback = Playback over time
playback-open = Play over time
playback-close = End playback and show all
playback-play = Play
playback-pause = Pause
playback-to-start = To the start
playback-back = One step back
playback-forward = One step forward
playback-to-end = To the end
playback-date = Date
playback-step = Step
playback-by-day = by day
playback-by-week = by week
playback-by-month = by month
playback-shows = What is shown
playback-window = window of
playback-until = all until then
playback-window-length = Length of the window in steps
# Behind the field for the length of the window
playback-days = { $count ->
    [one] day
   *[other] days
}
playback-weeks = { $count ->
    [one] week
   *[other] weeks
}
playback-months = { $count ->
    [one] month
   *[other] months
}
playback-speed = Speed
playback-a-second = { $steps } a second
playback-counted = { $shown } of { $chosen ->
    [one] { $chosen } selected incident
   *[other] { $chosen } selected incidents
}
playback-keys = Arrow keys go one step, Home and End to the first and last, Escape ends playback.
playback-doubtful = { $counted }, { $incidents } of them on a day not known

## The filter bar: the same as options of a command

option-year = year in which an incident began, as in 2025
option-since = first day an incident may begin, inclusive, as in 2025-10-11
option-until = last day an incident may begin, inclusive
option-subtype = what exactly: { $codes }
option-province = reported province, ISO 3166-2, as in AF-KHO, one of several is enough; or { $unknown }, where none is known
option-border = { $lines }: at most { $km } km from this line, the nearer one, on either side; or { $unknown }, where the place is not known well enough to tell
option-precision = how well the place is known: { $codes }
option-date-precision = how well the day is known: { $codes }
option-actor = who took part
option-q = words that must all occur in title, summary, place, actors, claims or sources; names in any spelling
option-group = the event cluster it belongs to, an id of data/event_groups.json
option-dataset = where an incident is from; curated is the store itself
option-linked = whether reports linked as one incident count each (default) or once

## What changed between two versions: versions that cannot be read

version-log-unreadable = cannot be read: { $reason }; restore it as it came with the program
version-put-back = { $fault }; restore it as it came with the program; the other versions are not affected
version-not-utf-8 = is not UTF-8
version-too-large = is larger than { $most } bytes, which no shipped version may be
version-file-too-large = is larger than { $most } bytes, which no shipped version is
version-of-another = does not hold the files of version { $version }
version-differs = holds the data version { $held }, and the log has { $logged } for version { $version }
version-missing = is missing
version-unreadable = cannot be read: { $reason }
version-no-xz = is damaged, or not an XZ file
version-unpacks-too-large = unpacks to more than { $most } bytes, which no shipped version does
version-cut-off = is cut off, or has more data after its end

## Citations: the public address in data/settings.toml

settings-unreadable = it cannot be read: { $reason }; make it readable to the program, or remove it
settings-not-utf-8 = it is not UTF-8; save it as UTF-8
settings-too-deep = it is nested too deep; the only setting is address, a text
settings-no-toml = it is not TOML: { $error }; write address = "", or the address
settings-unknown = there is no such setting; the only one is address
settings-as-in = { $fault }; write it as in https://map.example.org
address-no-text = it is not text in quotes
address-with-blank = it contains a blank or a control character
address-without-scheme = { $address } is not an address beginning with https://
address-with-user = it contains a user name, which every citation would show
address-with-path = { $address } has more after the host, where a view's own path is added
address-port = its port is not valid; leave it out, or give one from 1 to 65535
address-host-too-long = its host has more than { $most } characters
address-no-host = { $host } is not a host name

## Moving the map

map-fit = Fit the selected incidents
map-whole-region = Whole region
map-wheel-hint = Hold Ctrl or ⌘ while scrolling to zoom, or click into the map first
map-touch-hint = Move the map with two fingers

## Data by address: what is answered

api-of-incidents = The incidents of a selection, with claims and sources, as { $format }.
api-of-csv-metadata = What the CSV of the same parameters holds and leaves out: manifest, licence, citation, columns (W3C CSVW).
api-of-incident = One incident, with its claims and sources, as a GeoJSON Feature.
api-of-incident-id = id of an incident
api-of-provinces = A row for each province, and one for incidents in several or in no known province: counts, densities, people under the rule.
api-of-figure = A map of a selection for print, as { $format }.
api-of-figure-key = numbered key of up to 12 incidents; not available where the selection has incidents that may not be passed on
api-of-feed = What changed in the incidents of a selection with each released version of the record, newest first, as Atom.
api-of-api = This description.
api-summary = What the pages show, by address: read-only, with no key and no account.
api-description =
    Parameters are those of the app's own links. An unknown one, or a value that nothing has, is refused with 400 and
    never ignored. Every answer says what made it, on what terms it may be used, and what a map of it leaves out.
    Single incidents of publishers whose terms do not allow passing them on, such as ACLED, are in no answer; { $header } says how
    many of the selection these are. Figures and sums by province count them, as the pages do.
api-given = The answer.
api-known = The client already has this answer.
api-head = The headers only.
api-etag = Changes with the data, the parameters and the day.
api-link = The licence where one holds for all, and the description of a CSV.
api-withheld = How many incidents of the selection are left out because their terms do not allow passing them on.
api-retry = Seconds to wait before trying again.

## Data by address: what is refused

problem-title-400 = Bad parameter
problem-title-403 = May not be passed on
problem-title-404 = Not found
problem-title-413 = Too much in one answer
problem-title-414 = Too many parameters
problem-title-429 = Too many requests
problem-title-500 = Fault in the program
problem-title-503 = Not possible now
problem-no-parameter = There is no such parameter here.
problem-once = { $parameter } may be given once.
problem-empty = { $parameter } is empty; give a value, or leave it out.
problem-not-known = There is no such { $parameter } here.
problem-too-long = This is longer than { $most } characters.
problem-too-long-query = The parameters are longer than { $most } bytes; use fewer of them.
problem-until-first = The last day is before the first.
problem-too-many = { $incidents ->
    [one] { $incidents } incident is
   *[other] { $incidents } incidents are
} selected, and an answer holds at most { $most }; choose fewer by filters, such as one year at a time, or run the program yourself: python -m geo export
problem-too-large = The answer would be larger than { $mb } MB; choose fewer incidents by filters, such as one year at a time.
problem-figure-too-large = The figure would have { $mpx } million pixels, and at most { $most } million are allowed; ask for smaller paper, for fewer dots per inch, or for SVG or PDF.
problem-too-often = More than { $most } requests in a minute; wait as long as Retry-After says.
problem-busy = Too many answers are being made now; try again later.
problem-datasets = Imported datasets cannot be read now; try again later.
problem-no-record = The record cannot be read now; try again later.
problem-fault = Something went wrong here and was logged; the same request may fail again.

## What changed, for those who follow it

feed-title = { $record }, what changed: { $selection }
feed-subtitle = What changed in each incident with each released version of the record.
feed-version = Version { $version }
news-title-added = New: { $title }, { $when }
news-title-changed = Changed: { $title }, { $when }
news-title-removed = Removed: { $title }, { $when }
news-what-added = New
news-what-changed = Changed
news-what-removed = Removed
news-entered = This change brought it into the selection
news-left = This change took it out of the selection
news-row = { $category }, { $status }, { $claims ->
    [one] { $claims } claim
   *[other] { $claims } claims
}
