// Package all lists the sources. Adding one is one import and one line.
package all

import (
	"crossings/pipeline/source"
	"crossings/pipeline/source/frontexdetections"
	"crossings/pipeline/source/iommissingmigrants"
	"crossings/pipeline/source/itinteriorlandings"
	"crossings/pipeline/source/ukhoagedisputes"
	"crossings/pipeline/source/ukhoasylum"
	"crossings/pipeline/source/ukhoasylumawaiting"
	"crossings/pipeline/source/ukhoasylumclaims"
	"crossings/pipeline/source/ukhoasylumsupport"
	"crossings/pipeline/source/ukhoasylumsupportlocal"
	"crossings/pipeline/source/ukhocrossingconditions"
	"crossings/pipeline/source/ukhodetention"
	"crossings/pipeline/source/ukhodublin"
	"crossings/pipeline/source/ukhofranceexchange"
	"crossings/pipeline/source/ukhoillegalentry"
	"crossings/pipeline/source/ukhoreturns"
	"crossings/pipeline/source/ukhosmallboatasylum"
	"crossings/pipeline/source/ukhosmallboats"
	"crossings/pipeline/source/ukhosmallboatsday"
	"crossings/pipeline/source/ukhosmallboatslast7days"
	"crossings/pipeline/source/ukhosmallboatsweekly"
)

// Sources are the published data sets, in the order in which they are ingested and shown.
var Sources = []*source.Source{
	&ukhosmallboats.Source,
	&ukhosmallboatslast7days.Source,
	&ukhosmallboatsweekly.Source,
	&ukhosmallboatsday.Source,
	&ukhocrossingconditions.Source,
	&ukhofranceexchange.Source,
	&ukhoasylum.Source,
	&ukhoasylumclaims.Source,
	&ukhoasylumawaiting.Source,
	&ukhoasylumsupport.Source,
	&ukhoasylumsupportlocal.Source,
	&ukhoagedisputes.Source,
	&ukhodublin.Source,
	&ukhoillegalentry.Source,
	&ukhosmallboatasylum.Source,
	&ukhoreturns.Source,
	&ukhodetention.Source,
	&itinteriorlandings.Source,
	&frontexdetections.Source,
	&iommissingmigrants.Source,
}
