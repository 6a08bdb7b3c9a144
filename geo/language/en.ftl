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

## Provinces: the map

provinces-lock-help = Classes are made from the values of every single year, whichever years are selected, so that maps of two years can be compared. The other filters still count.
provinces-map-shows = Map shows
provinces-classes = Classes
provinces-limits-by = Limits by
provinces-how-many-classes = How many classes
provinces-lock = Same classes every year
provinces-own-limits = Highest value of each class but the last
provinces-limits-fault = { $error }. Until then: { $scheme }.
provinces-map-label = Map of provinces. { $measure }
provinces-counted = { $counted } of { $all ->
    [one] { $all } incident
   *[other] { $all } incidents
} are counted in provinces.
provinces-not-on-map = Not on this map: { $unknown } in a province that is not known, { $filtered_out } filtered out.
provinces-raw-count = Big provinces look heavier on a map of counts; a number per 10,000 km² does not have this fault.
provinces-border-count = All incidents of a province are divided by its part of the two borders, near the border or not.
provinces-several-note = { $sentence } They count in every selected one of these, and their tolls shade none.
provinces-mixed-note = Counts, shares and densities are of all datasets together. { $differences }
provinces-rule-note = { $measure }, { $rule }, of the incidents in each province alone. { $rule_sentence }
provinces-beside-note = Figures for people are those of the record’s claims; those of imported datasets are in the table, never added up.
provinces-lock-single = The classes are those of single years and stay when the year changes.
provinces-lock-many = The classes are those of single years and stay when the year changes; choose one year to compare it with others.
provinces-limit-note = A province on a limit belongs to the lower class.

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
provinces-table-rule = Killed, injured, crossed: { $rule }, of the incidents in the province alone; claims for a whole event cluster stand in a column of their own.
provinces-no-figure = “No figure” is not 0: no claim that counts gives one.
provinces-open-profile = open its profile
column-upper = { $column }, upper
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
rule-to-sort-by = { $rule }; to sort by
provinces-in-several-help = Of these, incidents that lie in other provinces too; their tolls stand in the last row
provinces-ratio-help = Of all claims, whatever the rule; empty where the lowest is nobody
provinces-cluster-claims-help = In no figure of the row, unless it says so
provinces-flows-help = In the course of closures and of returns; never added up
provinces-border-help = Of { $borders }
provinces-per-border-help = All of its incidents, near the border or not
provinces-first-help = The incident that began first
provinces-last-help = The incident that began last
provinces-by-year = Province by year
provinces-by-category = Province by category
provinces-year-by-category = Year by category
column-year = Year
provinces-cross-tables = By year and by category
provinces-table = Table
provinces-cross-label = Incidents, { $layout }
provinces-adding-up = The last row and column add the others up.
provinces-adding-up-once = The last row and column add the others up; { $several ->
    [one] { $several } incident in several provinces stands
   *[other] { $several } incidents in several provinces stand
} in the row of each and in “{ $no_province }”, but only once in the last row.
provinces-years = Incidents, each in the year it began.
downloads = Downloads
provinces-csv = Provinces as CSV
download-workbook = All tables as Excel
provinces-files-note = Every file says which incidents were selected, under which rule the tolls stand, and from which data.
provinces-open = Open a profile
provinces-unknown = There is no province with the code “{ $code }”; choose one on the map, here or in the table.

## Provinces: the profile

provinces-apart = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} in a province that is not known.
profile-none = No incident in the selection
profile-share = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}, { $percent } % of the { $chosen } selected
profile-nothing-recorded = No incident is recorded in { $province }. That is no proof that there was none.
profile-known-coarsely = Incidents are recorded here, but none with the precision that the filter asks for.
profile-remove-filter = Remove a filter to see more.
profile-change-filter = Change or reset the filter.
profile-filters-leave-none = { $recorded ->
    [one] { $recorded } incident
   *[other] { $recorded } incidents
} recorded in { $province }; the filters leave none. { $advice }
profile-per-10000-km2 = per 10,000 km²
profile-per-100-km-border = per 100 km of border
profile-in-others = in other provinces too
profile-no-border = It has no part of { $borders }.
profile-where-and-when = { $province }: where and when
profile-map-label = Map of { $province } with its selected incidents
profile-incidents-by = Incidents by
profile-no-incident = No selected incident in { $province }.
profile-chart-note = Stacked by category. The axis spans all selected incidents, so that provinces can be compared.
column-period = Period
column-category = Category

## The head of a page

header-common-period = Choose the common period
header-common-period-help = { $span }, as Since and Until: every dataset is counted for the same months
header-common-provinces-help = Leaves out provinces in which a dataset has no incident at all, and incidents in no one province
header-count-md = **{ $chosen } of { $all ->
    [one] { $all } incident
   *[other] { $all } incidents
}** · { $selection }
header-show-it = Show it
header-show-them = Show them
header-faults = { $count ->
    [one] { $count } fault
   *[other] { $count } faults
} in the incident store: what is at fault is left out
header-repair = Repair data/incidents.geojson and reload; `python -m geo validate` lists the same.
header-store-unreadable = The incident store has no incident that can be read. What is wrong with it is listed above.
header-store-empty = The incident store is empty. README.md says how to add an incident.
header-until-before-since = No incident matches: Until is before Since. Change one of the two in the filter bar.
header-change-filter = No incident matches. Change the filter, or reset it in the filter bar.
header-remove-filter = No incident matches. Remove one of the filters, or reset them all in the filter bar.
header-record-left-out = The selection leaves the record out. Choose “the record”, too, under Dataset in the filter bar.
header-only-imported = Only imported incidents match. Remove one of the filters, or reset them all in the filter bar.
header-see-imported = See imported incidents on the map
header-imported-left-out = { $record ->
    [0] The selection has
   *[other] The selection also has
} { $imported ->
    [one] { $imported } imported incident, which is
   *[other] { $imported } imported incidents, which are
} not on this page: it is about the record’s claims and sources, and what is imported is one publisher’s word.
header-common-provinces = Choose the { $provinces ->
    [one] { $provinces } common province
   *[other] { $provinces } common provinces
}
header-common-both = Choose it and the { $provinces ->
    [one] { $provinces } common province
   *[other] { $provinces } common provinces
}

## Provinces: the profile, more
profile-border = Its part of the border: { $parts }.
profile-border-part = { $km } km of the { $line }
profile-chart-label = Incidents by { $period }, { $first } to { $last }, by category; the most are { $most ->
    [one] { $most } incident
   *[other] { $most } incidents
} in { $peak }.
profile-disputed = disputed
profile-disputed-count = { $count } ({ $percent } %)
profile-first = first
profile-last = last
provinces-tolls-help = { $rule }, of the incidents in the province alone; claims for a whole event cluster stand in a column of their own

## The incident card

scope-whole-cluster = whole cluster
scope-running-total = running total
card-accounts-differ = The accounts differ, but nobody denies another’s in so many words and no two give different figures for the same people. What each says stands on the card under “Who says what”.
card-one-of = This incident is one of its { $size }, and the figure is for all of them.
card-who-did-it = who did it
scope-whole-event-cluster = whole event cluster

## Denials

scope-one-incident = one incident
denial-that-it-happened = that it happened as said
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
} are too many for a file that a browser takes over in one piece, at most { $most }. Choose fewer, or have the file written where the map runs, in any format but KML:
download-csv-help = One row per incident; zipped with a description of it: the manifest, licence, columns (CSVW)
download-geojson-help = The full record with every claim, and the manifest
download-gpkg-help = Layers with styles for QGIS, claims, sources, provinces and borders, and the manifest
download-xlsx-help = Sheets for incidents, claims, sources, the meaning of columns, and the manifest
download-no-address = A CSV is cited without an address: { $fault }.

file-no-memory = The file cannot be written: there is not enough memory on the server. Choose fewer incidents, or CSV.
file-process-ended = its process ended with { $code }
file-failed = The file cannot be written: { $reason }.
file-changed = The incidents have changed since this page was drawn. Reload it, and prepare the download again.

## Tables

table-how-to-choose = Tick a row in the column at its left, or press Shift and Space in it, to { $end }.
table-how-to-sort = Click a column's head to sort.
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
rule-of-incident = { $rule }; of the incident itself
column-killed-upper = Killed, upper
table-border-help = To the nearer of the two borders
table-about-killed = Killed: { $rule }, in the incident itself; claims for a whole event cluster stand on its card.
column-dataset = Dataset
column-subtype = Subtype
column-place = Place
column-known-to = Location precision
column-claims = Claims
column-sources = Sources
not-known = not known

## The frame and the pages' names

frame-filters-set = Filters · { $count } set
frame-filters = Filters

resources-unreadable = Imported incidents cannot be read: { $fault }. Reload the page to try again.
resources-imported-datasets = imported datasets
resources-reading = Reading the incidents and joining them to provinces …

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

title-changes = What changed in the record

title-map = Incidents on the map

title-provinces = Incidents by province

title-timeline = Incidents in time

title-figure = Figure for a report
figure-files = The selected incidents as files

## The map

map-where = on the map
map-of-many = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}; the map shows them in groups, zoom in to take them apart. Up to { $many } it shows each and plays them over time.
map-label = Map of the selected incidents

## The months under the map

months-later = { $later } may have begun later: day not known
months-none = no incident
months-about-md = **Incidents by month**, stacked by category. Drag over a period to choose it, or move its two ends with the arrow keys; all months together are no filter.
months-pale = {" "}Pale: outside the selected period.
months-record-ends = The record ends on { $last_day }: no report of a later day was at hand.
months-label = Incidents by month, { $span }, stacked by category; the most in a month are { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} in { $peak }.

## The figure

figure-whole-region = The three countries whole
figure-fitted = Fit to the selected incidents
figure-paper = Paper
figure-resolution = Resolution, dots per inch
figure-resolution-help = Of a PNG; SVG and PDF are drawn anew at every size
figure-legend = Legend
figure-inset = Inset map
column-title = Title
figure-title-help = What the map shows, or what it finds; one or two lines
figure-province = Province: { $name }
figure-extent = Extent
figure-extent-help = Must be on the map; more is shown where the paper has room
figure-file = File
figure-file-help = SVG: text stays text; PDF: fonts embedded
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
timeline-columns = Columns: incidents by the { $step } they began, the highest { $most }. Choose a column to see its period more closely.
timeline-columns-later = {" "}{ $incidents } may belong to a later column: their day is not known.

## Event clusters

event-figures = Who gives which figure
event-figures-about = Each cell holds the figures of one claimant for one loss, over the selected incidents: its own figures for different incidents add up, and are within its figure for the whole; running totals never count. Cells of one column may be about the same people, so they are never added; what each rule makes of them stands below.
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
event-filters-leave-none = The filters leave none of the { $everything ->
    [one] { $everything } incident
   *[other] { $everything } incidents
} of this event cluster.
event-split = The filters split this event cluster: { $chosen } of its { $everything } incidents are selected. What follows rests on these alone; what is claimed for the whole cluster covers the others too and stands beside the totals.
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
    [one] { $difference } person
   *[other] { $difference } people
} apart
gaps-rival-figures = with rival figures
gaps-part-and-whole = with figures for a part and for the whole
gaps-rival-accounts = with rival accounts of who did it
gaps-month-by-month = How far the figures for people killed are apart, month by month
column-month = Month
column-ratio = Highest over lowest
gaps-table-label = People killed by month, and how far all claims are apart
gaps-about = Killed: { $rule }; what is claimed for a whole event cluster counts only where all of its incidents began in the month, and else stands in a column of its own. Highest over lowest: of all claims, whatever the rule; empty where the lowest is nobody.{ $later }
gaps-later = {" "}{ $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} may belong to a later month, since the day is not known.
example-title = A worked example: { $name }
example-left-out = The filters leave out this event cluster. Reset them to read the example.
example-day-by-day = This event cluster day by day
example-not-added = Why the figures cannot be added

## Who says what: claimants

column-side = Side
column-kind = Kind
claimant-nobody = No claimant of this side and kind speaks in the selected incidents. Set side or kind to any.
claimant-table-label = Claimants by how many incidents they speak of, most first
claimant-count = { $shown } of { $all ->
    [one] { $all } claimant
   *[other] { $all } claimants
} in the selection. All columns but Figures count incidents; one that is asserted and denied by the same claimant counts in both. { $how_to_sort } The magnifying glass searches. { $how_to_choose }
column-claimant = Claimant
column-independent = Independent
column-speaks-of = Speaks of
column-contradicted = Contradicted
column-asserts = Asserts
column-acknowledges = Acknowledges
column-denies = Denies
column-unconfirmed = Unconfirmed
column-figures = Figures
claimant-independent-help = Of the parties to the incidents, as the claimant register has it
claimant-speaks-help = Incidents with a claim of this claimant
claimant-acknowledges-help = Concedes what another says, or a loss of its own side
claimant-unconfirmed-help = Has not commented, is checking, or passes on what it could not verify
claimant-figures-help = Numbers asserted or acknowledged
claimant-contradicted-help = Incidents in which another claimant contradicts this one
claimant-as-csv = { $table } as CSV
claimant-files-note = All that the filters choose, of every claimant, each figure with its speaker and its source.
claimant-contradiction-note = A contradiction is a denial of what another claimant says, two figures for the same people that cannot both be right, or two parties’ accounts of who did it where the incident is disputed. Every figure stands with its speaker and source: two of them are rival accounts of the same people and are never added.
claimants = Claimants

## What changed

changes-came = came into the selection
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
changes-no-total = No total of people changed.
changes-show = Show changes of
changes-selection = Selection
changes-whole-record = Whole record
changes-compare-file = Compare an older file with the record
changes-file-label = An older incidents.geojson; with it, if you have them, its claimants.json and event_groups.json
changes-file-help = The file is read in memory and not saved. Without its registers, those of the record are used.
changes-faults = { $faults ->
    [one] { $faults } fault
   *[other] { $faults } faults
} in the file: what is at fault is not compared
changes-more-faults = … and { $faults } more
changes-too-large = { $name } is larger than { $most_mb } MB; an incident file of this record is far smaller.
changes-one-file = Choose one incident file, not { $incidents }; registers are recognised by their names.
changes-log-unreadable = The log of versions cannot be read: { $faults }.
changes-no-version = No version is in the log yet: the record has no earlier one to be compared with.
changes-none-readable = None of the released versions can be read. Put the folder data/versions back, or compare a file below.
changes-before-first = “{ $old }” is the record as it was before its first release.
changes-left-out = Version { $name } is left out: { $faults }.
changes-as-released = The record is as it was released as version { $name } on { $day }.
changes-edited = The record has been edited since version { $name } was released on { $day }.
changes-version-not-here = The link asks for the version “{ $asked }”, which is not here.
changes-since = Changes since
changes-until = Until
changes-today = today’s record

changes-file = the file
changes-reading = Reading an older version …
changes-comparing = Comparing …

## Sources

source-kind = Kind of source
column-publisher = Publisher
source-not-on-record = not on record
source-none = No source of this kind and publisher. Set one of them to any.
source-table-label = Sources of the selected incidents, those of most incidents first
source-count = { $shown } of { $all ->
    [one] { $all } source
   *[other] { $all } sources
} of the selected incidents, { $weak } of them weak: aggregators and mirrors, which only repeat others and may vanish. Entries for one publication are merged. { $sorts } { $how_to_choose }
column-published = Published
column-link = Link
column-weak = Weak
column-archived = Archived
source-weak-help = Aggregator or mirror
source-incidents-help = Of those selected
source-claims-help = Claims of these incidents that rest on it
source-link-help = Addresses were not opened again after coding
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
source-cite-note = Names the selection, the casualty counting rule, today as day of access, and the versions of program, data and boundaries. Name the claimant with a single number, too, and cite its source.
source-no-address = {" "}No address to open it: { $no_address } (`address` in data/settings.toml).

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
coverage-end-md = **Is { $month } the end of the record, or calm?** { $answer }
coverage-about = Shown are the { $months ->
    [one] { $months } month
   *[other] { $months } months
} that the filters choose, and nothing is said of others. A dot on the axis is a quiet month, in which nothing that matches was found ({ $silent }). A shaded month says nothing when it is low or empty: the record is known to be thin there, or nobody has looked. A rise is a rise in what was found, and press attention rises with the fighting.
coverage-months-table = The months as a table
coverage-months-label = Incidents by month, with what the number means
coverage-thin = Thin: { $reasons }.
coverage-what-it-means = What it means
coverage-known-gaps = Known gaps
coverage-label = Incidents by month; of { $months ->
    [one] { $months } month
   *[other] { $months } months
}: { $said }. The most are { $max ->
    [one] { $max } incident
   *[other] { $max } incidents
} in { $peak }.
coverage-border = Border
coverage-more-incidents = More incidents, or more research?
coverage-compare-years = Compare a year with the one before. Where incidents rise and each still rests on as many sources, the rise is likelier to lie in the events; where more of them rest on a single source, or a gap is named for one of the years, it may lie in what was searched and found. Neither is proof: nobody knows what was missed.
coverage-one-year = {" "}The filters choose one year; choose more to compare.
coverage-by-province = The same by province
coverage-about-parts = Each incident stands once among the borders, at the nearer line up to { $km } km off, and once in each of its provinces. Months: how many of those that the filters choose and the record covers have an incident. First report: median of days from the first day to the first dated report, where the day is known.
coverage-months = Months
coverage-months-help = Months with an incident, of those covered
coverage-sources-help = Source entries of the incidents
coverage-per-incident = Per incident
coverage-per-incident-help = Source entries of an incident
coverage-outlets = Outlets
coverage-outlets-help = That published them, each once
coverage-one-source = On one source
coverage-one-source-help = Share of the incidents that rest on one publication
coverage-first-report = First report
coverage-first-report-help = Days after the incident, median
coverage-thin-column = Thin
coverage-thin-help = Known gaps; why stands under the months above
coverage-table-label = What was found by { $kind } and year, and in how many sources
coverage-months-of = { $months_found } of { $months }

## Data quality

quality-days-to-report = Days from event to first report
quality-no-known-day = No selected incident has both a known day and a dated source.
quality-median = The median is { $median ->
    [one] { $median } day
   *[other] { $median } days
}; { $percent } were reported by the day after. A long wait may lie in the place, or in which reports were found. { $undated_sources } of { $sources ->
    [one] { $sources } source entry
   *[other] { $sources } source entries
} have no date, so that a first report may be earlier than it seems here.
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
quality-points = { $dots } of the selected incidents have a place known exactly or to some kilometres and are drawn as points. The others stand for an area: on the map they are badges, and a side that their radius leaves open is not decided. The day is known for { $known }; for the others the record holds the days that are possible.
quality-place-known = Location precision
quality-place-label = Incidents by how well the place is known, split by the day; { $points } of { $chosen } are points.
column-known-to-the = Known to the
quality-time-known = Date precision, to the
quality-how-many-sources = How many sources
quality-single = { $percent } rest on a single source: what it got wrong, the record has wrong. More sources are not more witnesses: several often carry one agency's text.
quality-sources-label = Incidents by number of sources; { $single } have one.
quality-entered-twice = { $shown } A publication entered twice is one source.
quality-which-outlets = Which outlets
quality-outlets = { $found ->
    [one] { $found } outlet
   *[other] { $found } outlets
} in all. { $incidents } of the incidents have a source of the first below: what it does not reach, the record may miss. An agency's text counts for the outlet that carries it.
quality-outlet = Outlet
quality-outlets-label = The { $top } outlets with most incidents, most first.
quality-outlets-note = Incidents with at least one source of an outlet; an incident counts for each of its outlets, { $lone } have one only. { $total } incidents are filtered out.
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
quality-one-side-note = { $percent } rest on the claims of one side only{ $sides }. Nobody contradicts them there, which is not the same as being right. Sides and independence are those of the register of claimants; a claim that its speaker leaves unconfirmed does not count here.
quality-who-speaks = Who speaks
quality-speakers-label = Incidents by who speaks about them; { $alone } by one side only.
quality-side-count = { $count } by { $side }
quality-may-be-one = Incidents that may be one
quality-no-pairs = None: no two of these incidents are near each other in place and days and of a like kind.
quality-pairs = { $pairs ->
    [one] { $pairs } pair
   *[other] { $pairs } pairs
} of these incidents { $are } near each other in place and days and of a like kind: two incidents, or one reported twice. In the record each is an incident of its own; { $together } of the pairs are of one event cluster.
quality-pairs-note = { $near_words }. Pairs of which both are selected: { $table } of { $table_2 ->
    [one] { $table_2 } incident
   *[other] { $table_2 } incidents
} are filtered out. Of { $coarse } the place is known too coarsely to be compared.
quality-store = The store as a whole
quality-whatever-filters = Whatever the filters say.
quality-fault-left-out = what is at fault is left out and listed at the top of the page
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
} coded and then left out of the record, so that nobody has to guess whether they were overlooked. data/README.md says what the record does not hold at all.
quality-csv = Incidents as CSV
quality-files-note = One row per incident with its precision, speakers_of, sources and first report; the workbook holds the rest.

## Your data: the datasets

dataset-no-licence = not stated; before you pass on anything made with it, ask who made the file, and say where it is from
datasets = Datasets
datasets-none = No dataset has been imported. Drop a file above: its incidents then appear beside the record on every page, and can be switched off here.
datasets-kept = Kept on this machine, in { $place }, outside of the project. A figure of a dataset is its publisher's alone: figures of different datasets are never added up.
dataset-show = Show { $id }
dataset-show-help = Beside the record, on every page
dataset-remove = Remove { $id }
dataset-remove-help = It can be brought back for { $days } days
dataset-licence = Licence: { $licence }
dataset-cite-as = Cite as, with the day of access
dataset-version = { $title }, version { $version }
dataset-leads = leads are in no count and no total unless status “lead” is selected
dataset-synthetic = synthetic: made up by a program, no event is real
dataset-killed = { $killed } killed, as the dataset counts
dataset-killed-range = { $best } killed by its best estimates, { $low } by its low and { $high } by its high ones
dataset-last-import = Last import: { $file_name }, { $date }: { $file_rows ->
    [one] { $file_rows } row
   *[other] { $file_rows } rows
}, { $accepted } accepted, { $repaired } repaired, { $rejected } rejected
report-as-json = Report as JSON
rejected-as-csv = Rejected rows as CSV
dataset-was-removed = { $title } ({ $id }) was removed; the first import after { $until } deletes it.
dataset-bring-back = Bring back { $id }
datasets-in-storage = These datasets are in object storage, at { $place }, and are only read here. Who may write there changes them at the command line: what is imported into a folder is put there, or replaced, by `python -m geo datasets publish`; `python -m geo datasets --help` says how they are switched on and off.
datasets-none-yet = There is none yet.
datasets-removed = Removed: { $ids }.
datasets-linked = Some reports are linked as one incident.{" "}
datasets-stored = { $datasets ->
    [one] { $datasets } dataset
   *[other] { $datasets } datasets
}; a change there is seen after some seconds. { $links }A figure of a dataset is its publisher's alone: figures of different datasets are never added up.
dataset-off = Not shown: it was switched off by whoever put it there.

## Your data: possible duplicates

pairs-same = Are these the same incident?
pairs-same-wait = Are these the same incident? { $count } wait
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
pairs-how-known = How well known
pairs-actors = Actors
pairs-none-named = none named
pairs-deaths = Deaths, { $rule }
pairs-summary = Summary
pairs-id = Id
pairs-at-most = At most apart
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
pairs-decisions-kept = { $how_to_choose } Decisions are saved in links.json, in the folder of the datasets.
pairs-verdict = Verdict
pairs-one-report = One report
pairs-other-report = The other
pairs-decision-stands = The decision still stands: { $error }
pairs-title = Possible duplicates
pairs-about = Once a dataset is imported and shown, reports of it and of the record, or of another dataset, that may be the same incident stand here side by side, to be linked or rejected.
pairs-look = Look for pairs
pairs-unreadable = What was decided cannot be read: { $error }. Repair or remove the file.
pairs-count-md = **{ $total ->
    [one] { $total } pair
   *[other] { $total } pairs
}** within { $km } km and { $days ->
    [one] { $days } day
   *[other] { $days } days
}: { $linked } linked, { $rejected } rejected, **{ $total_2 } open**
pairs-all-decided = Every pair within these windows is decided.
pairs-undo = Undo
pairs-note = Nothing is deleted. Linked reports count as one incident where “Linked reports” in the filter bar says so.
pairs-link-help = They are the same incident
pairs-reject = Reject
pairs-reject-help = They are two incidents
pairs-later = Later
pairs-looking = Looking for reports that may be the same incident …
pairs-not-kept = The decision was not saved: { $error }

## Your data: an import under way

import-nothing-to-accept = there is nothing to accept
import-folder-held = { $error }. An import that waits in another tab or window to be accepted holds it, too
import-folder-fault = it cannot be imported into { $path }: { $reason }
import-cancelling = Cancelling: what was begun is being cleared away …
import-first-rows = Reading the first rows, { $seconds } s …
import-rows-read = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
} read
import-looking = { $rows } · looking for repeated ids, and for what changes …
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
field-date-precision = Date precision
field-latitude = Latitude
field-longitude = Longitude
field-location-precision = Location precision
field-radius = Radius in km
field-district = District
field-subtype = Kind of incident
field-description = Description
field-actors = Who took part
field-other-actors = Who else took part
field-killed = Killed, best figure
field-killed-low = Killed, lowest
field-killed-high = Killed, highest
field-source = Source
form-columns = Which column holds what
form-confirmed = As you confirmed it for a file with these columns.
form-guessed = Guessed from their names.
form-check = { $whence } Check it: your settings are saved for the next file with the same columns.
form-more-fields = More fields: { $fields }
form-dates = Dates such as { $example } have
form-dates-told = In its first rows, { $day_first ->
    [one] { $day_first } date
   *[other] { $day_first } dates
} can only have the day first and { $month_first } only the month: these are read as they must be, the others as you choose.
form-dates-either = No date in its first rows tells which: each could be read either way. Please look.
form-dates-told-one = Inferred from { $dates } in its first rows that can be read in one order only.
form-choose-field = Choose the column with the { $field }.
form-choose-place = Choose the columns with latitude and longitude, or the one with the country.
form-first-rows = The first rows of the file, as they stand in it
kind-acled = ACLED event file
kind-acled-counts = ACLED counts by week or month, no events
kind-ucdp = UCDP GED, a final release
kind-ucdp-candidate = UCDP candidate events
kind-gdelt = GDELT 2.0 events, as leads
kind-plain = Plain table
form-vertical-bars = vertical bars
form-refused = Not imported, because { $refusal }.
form-fetched = Fetched on
form-fetched-help = When the file was fetched from its publisher: the day of access in the citation
size-kb = { $size } KB
size-mb = { $size } MB
form-more-columns = {" "}and { $header } more
form-no-header = {" "}(the file has no header; these are the documented ones)
form-not-said = the file does not say
form-version = Version
form-written-as = Written as
form-text-in = text in { $upper }, values between { $between }
form-terms = Terms
form-read-as = Read it as
form-into = Into the dataset
form-into-help = Choose one that is there to bring it up to date, or write the name of a new one
form-new-dataset = Makes a new dataset, { $dataset }.
form-other-kind = { $dataset } holds files of another kind. Write another name.
form-existing = { $dataset } holds { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
} since { $date }: rows with the same id are replaced, rows that the file does not cover stay. What that changes is shown before you accept it.

## Your data: what becomes of the rows

rows-whole-row = the whole row
rows-as-they-stand = accepted as they stand
rows-in-file = rows in the file
rows-rejected = Rejected rows
column-row = Row
column-field = Field
rows-text = Value in the file
rows-why = Why it is rejected
rows-rejected-label = Rejected rows, with field, text and reason
rows-first-named = The first { $shown } of { $rejected }; all are in the CSV.{" "}
rows-repair = { $first }Repair the rows in the CSV of rejected rows, and drop it here again: they are added to the same dataset.
difference-changed = Changed
difference-gone = Gone from the file
difference-new = New
difference-nothing = The file changes nothing: every row of it is in the dataset already.
difference-matched = { $old } → { $new }, matched by id
difference-same = the same
difference-taken-out = the file covers them and no longer has them; taken out
difference-not-covered = the file does not cover them
difference-no-title = without a title

## Your data: import a file

import-acled = ACLED event files
import-acled-about = since and before March 2023, also as on the Humanitarian Data Exchange
import-ucdp = UCDP GED
import-ucdp-about = yearly releases, and monthly candidate events
import-gdelt = GDELT 2.0 events
import-gdelt-about = as leads: in no count and no total
import-any-table = Any other table
import-any-table-about = with dates, and places or countries; you say which column holds what
import-checking = Checking { $name }
import-a-file = Import a file
import-done = { $rows } of { $file_name } are in the dataset { $dataset }.
import-see = See them on the map
import-drop = Drop a file here, or choose one: CSV, TSV, XLSX, GeoJSON, GeoPackage or Parquet, also within gz or zip
import-drop-help = Nothing is written before you have seen what becomes of every row: accepted, repaired or rejected, and why. Larger than { $most } MB? Import it at the command line: `python -m geo import FILE`.
import-several-tables = { $name } holds several tables; which one?
import-impossible = { $name } ({ $size }) cannot be imported: { $failure }.
import-another-file = Choose another file
import-check = Check every row
import-check-help = A dry run: it shows what becomes of every row, and writes nothing
import-columns-not-kept = Which column holds what could not be saved: { $error }
import-what-it-does = What the import would do
import-dry-run = A dry run of { $seconds } s. Nothing is written until you accept it.
import-no-row = No row of the file can be imported. The reasons are below; repair the file, or read it in another way.
import-rows = Import { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
import-nevertheless = Import it anyway
import-accept = Accept the changes
import-back = Back to the file
import-leave = Discard
import-not-accepted = The import was not accepted, and nothing was changed: { $error }
import-cancelled = Cancelled. Nothing of the import stays.
import-failed = The file was not imported: { $failure }. Nothing was changed.
import-broke-off = The import stopped because of a fault in this program; nothing was changed. The server's log has the details.
pairs-link = Link
## The timeline: what stands beside it

timeline-shown = { $chosen } of { $whole ->
    [one] { $whole } incident
   *[other] { $whole } incidents
} shown. Not on this timeline: { $filtered_out } filtered out. An incident belongs to the day it began; without an end on record nothing is drawn to a later day.
timeline-several = { $incidents ->
    [one] { $incidents } incident lies in several provinces and stands in the lane of each.
   *[other] { $incidents } incidents lie in several provinces and stand in the lane of each.
}
timeline-label = Timeline of { $total ->
    [one] { $total } incident
   *[other] { $total } incidents
}, { $days }, in { $lanes ->
    [one] { $lanes } lane
   *[other] { $lanes } lanes
}. Arrow keys go along a lane and from lane to lane, Enter opens. The table below holds the same.

## Sentences of single pages

map-shared-counted = { $sentence } They are in the numbers above.
map-shared-not-counted = { $sentence } None of them is in the numbers above.
example-told-md = { $summary } **{ $incidents }** of this event cluster are described here.
claimant-see-contradicted = see above whom the claimant contradicts
pairs-choose = choose it
source-see-incidents = see its incidents
datasets-impossible = No file can be imported: { $fault }.
difference-release-before = the release before
difference-this-file = this file
table-sorts-page = A click on a column's head sorts this page only.
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
card-near = Near it in place and days
card-near-other-days = Near it in place on other days, of a like kind
card-near-other-days-note = More than three days from this one, and so not one with it.
card-archived = archived
changes-by-incident = Changes by incident
changes-effect = Effect on the totals
changes-before = before
changes-after = after
rows-changes = Changes row by row
rows-row-by-row = Row by row
difference-what = What the newer file changes
difference-against = Against the release before
difference-then-holds = the dataset then holds
difference-effect = Effect on the totals of this dataset
difference-change = change
difference-fields = Fields that changed
import-recognised = What is recognised
import-recognised-note = Recognised by its columns, whatever it is called
pair-side-by-side = Two reports side by side
pair-of-100 = of 100
pair-scrolls = The reports; scrolls sideways
form-recognised-as = What the file was recognised as
form-unusual = What is unusual about it
rows-what-becomes = What becomes of the rows
rows-scrolls = Rows and deaths; scrolls sideways
rows-rows = rows
rows-killed-low = killed, low
rows-best = best
rows-high = high
rows-repaired = Repaired: what was wrong, and what was done
rows-noted = Noted; these rows are kept
rows-rejected-by-field = Rejected, by field
rows-file-as-a-whole = Of the file as a whole
event-cluster-day-by-day = The event cluster day by day
event-day-by-day = Day by day
event-days-note = Under the day on which each incident began; where that is not known, under what is. An incident opens its card on the map page.
event-no-contradiction = The claims on record do not contradict each other.
event-none = None of the selected incidents belongs to an event cluster.
event-matrix-scrolls = Claims side by side; scrolls sideways
event-matrix-caption = Claimants by whose loss they speak of
event-no-figure = No claim here gives a figure, or says whose loss it is about.
event-rules-caption = Totals by rule
event-rule = Rule
event-rule-in-force = (the rule in force)
no-figure = no figure
event-part-selected = Only a part of this event cluster is selected: what is claimed for the whole of it is in none of these totals.
overview-label = The selected incidents in numbers
overview-scrolls = Numbers by dataset; scrolls sideways
overview-incidents = incidents
overview-latest = Latest
similar-nothing-differs = Nothing in these differs.
flows-never-added = Crossed, single figures, never added up
profile-label = Province profile
profile-close = Close the profile
profile-in-numbers = The province in numbers
profile-in-several = In several provinces, and in no figure above
profile-crossing-points = Crossing points
similar-label = Pairs of incidents that may be one, the nearest first
similar-of-one-cluster = Of one event cluster
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
sources-missing = The source in the link is not among those shown. The filters, the kind or the publisher leave it out, or the link is old.
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
gaps-panel-about = The lowest and the highest figure for the same people, each by its speaker and under no rule: two accounts, not a range and never a sum.
night-title = Why the figures cannot be added
night-only-different = Only figures for different people add up, one account of each: those of one claimant, or of each side for its own. The result depends on whose claims count; so every total names its rule.
contradiction-against = against
contradictions = Who contradicts whom
contradictions-scrolls = Contradictions by camp; scrolls sideways
contradictions-by-camp = By camp: incidents in which they contradict each other
contradictions-about = Pairs that contradict each other in most incidents first. Open a pair to read both; an incident opens on the map.
card-took-part = Took part: { $actors }
card-figures-rule = Figures, { $rule }
card-highest-over-lowest = highest claim over lowest: { $ratio }
card-rule = Rule: { $rule }. { $rule_sentence }
card-same-cluster = Same event cluster, { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}
card-day-by-day = { $cluster }: day by day
card-farther-off = And { $incidents } farther off in time.
card-source-numbered = Source { $number }, { $publisher }
similar-may-be-one = May be one with it, or not: read what differs
similar-other-kinds = Of another kind
cluster-claim-by = by { $by }{ $ends }, for the whole of
cluster-claim-where = ({ $days }; { $places }). { $covers }{ $selected }
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
difference-killed = killed, { $end }
pair-score = Score { $score }
rows-example = row { $row }: { $text }
event-count-selected = { $count } in the selection
event-count-disputed = { $incidents } disputed
event-alone = { $incidents ->
    [one] { $incidents } incident of the selection belongs
   *[other] { $incidents } incidents of the selection belong
} to no event cluster.
event-others = { $clusters ->
    [one] { $clusters } event cluster
   *[other] { $clusters } event clusters
} without an incident in the selection
matrix-running-total = running total { $figure }
and-more = and { $count } more
event-whole-cluster = for the whole cluster: { $toll }
overview-choose = Choose an incident { $where }, here or in the table to read who claims what.
overview-dash = “–”: no incident here, or a dataset that has no such figures.
overview-rule = { $tolls }: { $rule }. { $rule_sentence }
similar-apart-nearest = Not of one event cluster, { $pairs }; the nearest { $nearest }, the file below has all
similar-apart = Not of one event cluster, { $pairs }; the nearest first
similar-count-nearest = { $pairs }, the nearest { $nearest }
weak-count = { $incidents ->
    [one] { $incidents } incident rests
   *[other] { $incidents } incidents rest
} on weak sources alone
source-open = Open the source
source-of = Source of { $extent }
sources-by-publisher = By publisher, { $publishers } in all
sources-by-publisher-most = By publisher, { $publishers } in all; those with most
sources-without = without { $what }
timeline-legend-open = no end on record ({ $incidents })
timeline-legend-bounded = some day within, day not known ({ $incidents })
unknown-incident-id = There is no incident with the id “{ $id }”. The link may be old or cut short: choose the incident on the map or in the table.
denial-of-another = Said of another incident:
denial-of-another-outside = Said of another incident, outside this selection:
denial-more-claims = { $claims ->
    [one] { $claims } more claim
   *[other] { $claims } more claims
}
title-of-claimant = { $title }: { $claimant }
denials-folded = { $denials }, from { $latest } back to { $earliest }
denials-none = Nobody on record denies anything about the incidents of this selection. Widen the selection in the filter bar.
denials-none-of-claimant = Nobody on record denies anything about the incidents of this selection, or is denied by anybody, as far as this claimant goes. Widen the selection in the filter bar, or choose another claimant.
gaps-caption = { $matter }: lowest and highest figure
gaps-more = { $gaps ->
    [one] { $gaps } more gap
   *[other] { $gaps } more gaps
}
gaps-none = No two claimants give different figures for the same people in the selected incidents. Widen the selection in the filter bar.
gaps-none-of-claimant = No two claimants give different figures for the same people in the selected incidents. Widen the selection in the filter bar, or choose another claimant.
night-added-up = Added up, the { $figures } for the dead would make { $sum }: a number that no claim states and no rule gives, for it counts the same people more than once.
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
cluster-notes = By their notes: { $notes }.{" "}
flow-of-cluster = , for its whole event cluster
flow-running-total = , a running total
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

## Denials in sentences

denied-claim = Denied, { $denied }: { $speakers }.
denied-over-longer-time = {" "}over a longer time
denied-in-whole-cluster = {" "}in the whole event cluster
denied-crossed = that { $people } crossed
denied-thing = the { $thing } of { $of }
denied-any-thing = any { $thing }
denied-who-did-it = what is said about who did it
denied-account = the account of { $of }
denial-own-side-acknowledges = {" "}Its own side acknowledges it: { $speakers }.
denial-contradicts = Contradicts
denial-nobody-of-this-incident = Nobody on record says the opposite of this incident; of another of its event cluster, in the same days:
denial-nobody-but-running-total = Nobody on record says the opposite of just this. A running total that may cover it:
denial-no-other-party = No other party on record says the opposite.
denial-nobody = Nobody on record says the opposite.
loss-the-dead = the dead
loss-the-injured = the injured
loss-the-crossing = the crossing
loss-the-capture = the capture
loss-the-destruction = the destruction
loss-the-abandonment = the abandonment
denied-number = { $number } by { $speakers }
loss-taken-prisoner = taken prisoner

## Camps

camp-afghan = Afghan
camp-pakistani = Pakistani
camp-tajik = Tajik
camp-others = UN, foreign states, media and others
camp-unknown = Claimants of unknown standing
camp-media = { $country } media and witnesses
camp-officials = { $country } officials and forces
camp-none = none of the parties

## Kinds of sources

source-agency = news agency
source-aggregator = aggregator or mirror
source-report = report the record began from

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
speakers-unknown-words = only claimants of whom the register cannot say for whom they speak

## Incidents near each other

similar-this-one = this one
similar-the-other = the other
similar-the-first = the first
similar-the-second = the second
similar-the-same = The same: { $fields }.
similar-of-cluster = Both are of the event cluster { $cluster }, as two incidents.
similar-of-clusters = They are of different event clusters, { $clusters }.
similar-of-no-cluster = They are not of one event cluster.
similar-days-apart = { $days ->
    [one] { $days } day
   *[other] { $days } days
} apart
similar-about-apart = about { $span } apart
similar-means = Near in place means that the circles within which the two places lie touch, or that a place known to its district or province only is in the same one; near in days, at most { $days } days between them
similar-known-too-coarsely = Its place is known too coarsely to be held against those of other incidents.
similar-none-near = No other incident on record is near it in place and within { $days ->
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

## Classes of a map

measure-density = Incidents per 10,000 km²
measure-border = Incidents per 100 km of border
measure-disputed = Share of incidents disputed
measure-deaths-high = Deaths, upper figure
measure-deaths-low = Deaths, lower figure
measure-injured = Injured, upper figure
measure-ratio = Deaths, highest over lowest claim
measure-crossed = People who crossed, upper figure
scheme-quantiles = Quantiles
scheme-quantiles-words = about as many provinces in each class
scheme-equal = Equal intervals
scheme-equal-words = classes of the same width
scheme-natural = Natural breaks
scheme-natural-words = limits in the gaps between the values (Fisher–Jenks)
scheme-round = Round limits
scheme-round-words = limits at round numbers, about as many classes as asked for
scheme-deviations = Standard deviations
scheme-deviations-words = limits at whole standard deviations from the mean
scheme-own = Own limits
scheme-own-words = limits that you give
limits-no-list = { $text } is no list of limits; write numbers that rise, as in 1, 5, 20
limits-not-rising = own limits must be numbers from 0 that rise, as in 1, 5, 20
limits-too-many = { $limits } limits make { $classes } classes; give at most { $most }
class-or-more = { $low } or more
class-up-to = up to { $high }
classes-told-apart = { $classes } classes cannot be told apart; ask for { $fewest } to { $most }
classes-nothing = There is nothing to class.
classes-one-value-class = Every value { $whose }, so there is one class.
classes-one-value = Every value { $whose }.
classes-few-values = Only { $distinct } different values, so each is a class of its own.

## The time that the record covers

coverage-on-record = incidents on record
coverage-quiet = quiet: nothing found
coverage-thin-gaps = thin: gaps are known
coverage-selected = selected in part
coverage-not-researched = not researched
coverage-few = , and few incidents from { $month } on mean that few were found
coverage-record-ends = The record ends on { $last_day } because the research does, not because it was calm: it was last edited on { $worked_on }, no report of a later day was at hand{ $few }.
coverage-outside-days = outside the days that the record covers
coverage-off-border = over { $km } km off, or not known
coverage-no-province = province not known

## Places

boundary-note = Boundaries are drawn as they are used on the ground and imply no position: Afghanistan does not recognise the Durand Line as a border, and the status of Kashmir is disputed.
boundary-credit = Boundaries: © OpenStreetMap contributors (ODbL), Natural Earth. Towns: GeoNames (CC BY 4.0).

side-segment = known to a stretch of the { $line }, so that neither a distance nor the side can be given
side-too-coarse = too coarse for a distance to the { $line }{ $side }
side-share = { $share } { $country }
side-distance = { $km } km from the { $line }, give or take { $radius } km{ $side }
side-undecided = ; the side cannot be decided
side-likeliest = , on the side of { $country }
side-not-decided = , so that the position does not decide the side: { $shares }; { $country } is reported
side-under-1-percent = under 1 %
side-over-99-percent = over 99 %

## Citations

cite-no-title = [No title on record]
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
cite-part-chosen = filters selected a part of the incidents, and none was altered

cite-accessed = {" "}(accessed { $day })
cite-text = Text
incident-named = the { $category } of { $when } ({ $place })
incident-named-within = the { $category } { $when } ({ $place })
where-within = { $words }, within about { $km } km
movement = { $people } { $kind } crossed from { $start } to { $end }.
movement-end = { $place } ({ $country })
toll-of = { $toll } { $about }
province-shared = { $incidents ->
    [one] { $incidents } incident lies in several provinces ({ $names }): its figures are for all of these.
   *[other] { $incidents } incidents lie in several provinces ({ $names }): their figures are for all of these.
}
province-counted-more = { $incidents ->
    [one] { $incidents } incident lies in several provinces: it is
   *[other] { $incidents } incidents lie in several provinces: each is
} counted under every selected one of its provinces, and once more under “{ $row }”, where its toll stands. So the column adds up to { $counted }, and not to { $once }.
denied-figure-one = that { $people } was { $done }
denied-figure = that { $people } were { $done }
denied-any = that any { $people } were { $done }
denied-any-crossed = that anybody crossed
rival-figures = { $of } { $about }: { $accounts }.
similar-each = { $one } { $first }, { $other } { $second }
similar-area-of-one = in { $area }, where one is known no better than to the { $level }
similar-area-of-both = in { $area }, neither known no better than to the { $level }
classes-zero = is zero
classes-same = is the same
classes-all = { $classes ->
    [one] { $classes } class
   *[other] { $classes } classes
}, { $scheme }: { $about }.
classes-all-of = { $classes ->
    [one] { $classes } class
   *[other] { $classes } classes
}, { $scheme }: { $about }; the values leave { $classes } of { $asked }.
cite-none = none
country-china = China
## What changed between two versions

difference-because = { $toll }, because { $causes }
difference-when = when { $old } → { $new }
difference-toll = { $about } { $old } → { $new }
difference-register-added = added: { $name } ({ $id })
difference-register-removed = removed: { $name } ({ $id })
difference-none = Nothing differs.
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
    [one] { $count } incident came into the selection
   *[other] { $count } incidents came into the selection
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
difference-not-compared = Not compared, and in none of the numbers, because one of the versions holds them in a form that cannot be read: { $ids }.
difference-movement-not-compared = The movement of { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
} was not compared, because one of the versions holds it in another form: { $ids }.
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
## What a map or a chart leaves out

left-out-by-province = { $incidents ->
    [one] { $incidents } more incident of this selection has no known province
   *[other] { $incidents } more incidents of this selection have no known province
}
left-out-by-border = { $incidents ->
    [one] { $incidents } more incident of this selection has no place known well enough to tell whether it lies within { $km } km of a border line
   *[other] { $incidents } more incidents of this selection have no place known well enough to tell whether they lie within { $km } km of a border line
}
left-out-by-precision = { $incidents ->
    [one] { $incidents } more incident of this selection has a place that is not known so well
   *[other] { $incidents } more incidents of this selection have a place that is not known so well
}
left-out-because-province = { $incidents } of them only because no province of theirs is known
left-out-because-border = { $incidents } of them only because it is not known whether they lie within { $km } km of a border line
left-out-because-precision = { $incidents } of them only because their place is not known so well
left-out-without-place = { $incidents } without a place
left-out-filtered = { $incidents } filtered out
left-out-outside-view = { $incidents } outside the view
left-out-elsewhere = { $incidents } not in this province
left-out = { $shown } of { $total ->
    [one] { $total } incident
   *[other] { $total } incidents
} shown. Not on this map: { $left_out }. Drawn as badges, not points: { $district } known to the district only, { $province } to the province only, { $segment } to a stretch of the border only.
left-out-over-the-end = { $incidents } of them may belong to the next bar: their day is not known.
left-out-in-chart = { $shown } of { $total ->
    [one] { $total } incident
   *[other] { $total } incidents
} in this chart, each in the time it began.
left-out-of-chart = Not in it: { $left_out }.

## Maps in the browser

unclassed-none = No incident recorded
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
## The figure: what is written around the map

figure-standing-title = Incidents on the Afghanistan–Pakistan–Tajikistan borders
figure-one-not-on-map = The one selected incident is not on this map.
figure-none-on-map = None of the { $incidents } selected incidents is on this map.
figure-no-match = No incident matches this selection.
figure-no-incidents = There are no incidents.
figure-last-incident = , last incident { $when }
figure-made = Data version { $data_version }{ $last }. Boundary version { $boundary_version }. Made { $day }. Code: { $code }.
figure-too-many = There are too many incidents to draw one by one: each number counts those around its place.
figure-size = Size by deaths, { $rule }. { $rule_sentence }
figure-size-by-highest = Size by deaths, { $rule }; symbols show the highest. { $rule_sentence }

## The figure: the legend

legend-several = Several incidents, too close to draw apart; ring by kind
legend-crossing-point = Crossing point
legend-hollow = Hollow: { $statuses }
legend-no-deaths = No deaths, or no figure
legend-how-many = How many incidents lie around, k for thousands; ring by kind
legend-area = Known to an area only, not to a point
legend-number = ; number: how many
legend-moved = Moved aside; the line leads to the place
legend-ring = The place lies within the ring
legend-district = The district lies within the broken ring
legend-segment = Known to this stretch of the border
legend-direction = Direction in which people crossed
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
field-by = speaker
field-by-text = speaker as quoted
field-of = of whom or what
field-event-group = event cluster
scope-this-incident = this incident
value-without = without { $values }
value-with = with { $values }
value-in-another-order = in another order
value-change = { $old } → { $new }
value-none = none
value-yes = yes
value-no = no
claim-running-total = , running total
## The filter bar

filter-rule = Casualty counting rule
filter-rule-help = Whose figures count for people killed, injured and who crossed, everywhere in the app and in every file. Below the general rules stands each claimant who states figures. Resetting the filters leaves the rule.
filter-not-in-link = Unknown filter values ignored: { $ignored }.
filter-any = any
filter-not-known = not known
filter-more = More filters
filter-reset = Reset
filter-link-opens = This link opens this page with the same selection, counting rule, open card or profile, and view of the map.
link-copy = Copy link
link-copied = Copied
link-address = Address of this page
filter-since = Since
filter-until = Until
filter-province-tip = As reported. An incident that its sources put in several provinces is found under each of them. The last entry is of those whose province is not known.
filter-border = Border
filter-border-tip = Incidents within { $km } km of a border line, on either side of it, by the line that is nearer to the best point for the place. What lies farther off belongs to no border. Not known: without a place, or known so roughly that it may lie within { $km } km although its best point does not. Where people crossed, and the place is not known, it is the line that they crossed.
filter-place-known = Location precision
filter-day-known = Date precision
filter-actor = Actor
filter-actor-tip = Who took part, as the record names them; “(alleged)” where that is only alleged. One of them is enough.
filter-text = Text
filter-text-tip = All words must occur, in titles, summaries, places, actors, claims, speakers or sources. Names are found in their usual spellings and scripts: Angur Ada, سپین بولدک, Торхам.
filter-text-placeholder = place, actor, claim, source
filter-cluster = Event cluster
filter-linked = Linked reports
filter-linked-tip = Reports of different datasets that were found to be of one incident. Counted once, the record's report stays, or else the one of the dataset that comes first.
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
phrase-province-not-known = a province not known
phrase-in = in { $places }
phrase-in-country = in { $provinces }, { $country }
phrase-both-in = both in { $provinces } and in { $countries }
phrase-border = the { $border } border
phrase-near = within { $km } km of { $lines }
phrase-near-or-unknown = within { $km } km of { $lines }, or not known to be or not
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
    [one] { $pairs } linked pair
   *[other] { $pairs } linked pairs
}: the same people in both reports.
mixture-absent = { $dataset } has none in these days; at other times it has { $incidents } ({ $period }). That may be for want of research, or of a part of its file.
mixture-no-common-period = Their periods differ: { $periods }; no month of this selection is in { $all }.
mixture-common-period = Their periods differ: { $periods }; common to { $all }: { $period }.
mixture-in-this-province = { $count ->
    [one] In this province only { $datasets } has any incident at all.
   *[other] In this province only { $datasets } have any incident at all.
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

## Files: the manifest, KML

counted-of = { $chosen } of { $total ->
    [one] { $total } incident
   *[other] { $total } incidents
}
manifest-people = People { $about }
manifest-killed-by = People killed by { $dataset }
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

## The map goes to what is asked for

map-fit = Fit the selected incidents
map-whole-region = Whole region
map-wheel-hint = Hold Ctrl or ⌘ while scrolling to zoom, or click into the map first
map-touch-hint = Move the map with two fingers
